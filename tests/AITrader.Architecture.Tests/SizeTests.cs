using AITrader.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AITrader.Architecture.Tests;

/// <summary>Product files have at most 300 lines, and their methods at most 40.</summary>
/// <remarks>Tests and generated migrations are left out. Attributes and comments above a method do not count.</remarks>
public sealed class SizeTests
{
    private const int MaxFileLines = 300;
    private const int MaxMethodLines = 40;

    private static readonly string Root = SharedData.RepositoryRoot;

    [Fact]
    public void No_file_is_too_long() => RequireNone(LongFiles(), "files are longer than 300 lines");

    [Fact]
    public void No_method_is_too_long() => RequireNone(LongMethods(), "methods are longer than 40 lines");

    [Theory]
    [InlineData("class A { void B()\n{\n} }", "A.B", 3)]
    [InlineData("class A {\n/// <summary>\n/// </summary>\n[Obsolete]\nint B() =>\n1; }", "A.B", 2)]
    [InlineData("class A { class In { public In()\n{\n\n} } }", "In.In", 4)]
    [InlineData("record A { int B { get\n{\nreturn 1;\n} } }", "A.B", 4)]
    [InlineData("record A { int B =>\n1; }", "A.B", 2)]
    [InlineData("struct A { public static A operator +(A left, A right)\n=> left; }", "A.operator +", 2)]
    public void Counts_the_lines_of_a_method(string source, string name, int lines) => Assert.Equal([(name, lines)], MethodsIn(source));

    private static void RequireNone(IEnumerable<string> found, string problem)
    {
        var names = found.ToList();
        Assert.True(names.Count == 0, $"These {problem}:\n{string.Join('\n', names)}");
    }

    private static IEnumerable<string> LongFiles() =>
        from file in Sources()
        let lines = File.ReadLines(file).Count()
        where lines > MaxFileLines
        select $"{ProjectOf(file)}: {Path.GetFileName(file)}";

    private static IEnumerable<string> LongMethods() =>
        from file in Sources()
        from method in MethodsIn(File.ReadAllText(file))
        where method.Lines > MaxMethodLines
        select $"{ProjectOf(file)}: {method.Name}";

    private static IEnumerable<(string Name, int Lines)> MethodsIn(string source) =>
        from member in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
        let name = NameOf(member)
        where name is not null
        select ($"{member.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.Text}.{name}", LinesOf(member));

    private static string? NameOf(SyntaxNode member) =>
        member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            OperatorDeclarationSyntax @operator => $"operator {@operator.OperatorToken.Text}",
            ConversionOperatorDeclarationSyntax conversion => $"operator {conversion.Type}",
            PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
            AccessorDeclarationSyntax => "this[]",
            _ => null,
        };

    private static int LinesOf(SyntaxNode member)
    {
        var first = member.ChildNodesAndTokens().First(static part => !part.IsKind(SyntaxKind.AttributeList));
        var start = first.GetLocation()!.GetLineSpan().StartLinePosition.Line;
        return member.GetLocation().GetLineSpan().EndLinePosition.Line - start + 1;
    }

    private static string ProjectOf(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).First(IsProject);

    private static bool IsProject(string folder) => folder.StartsWith("AITrader.", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() =>
        new[] { "AITrader.AppHost", "AITrader.ServiceDefaults", "benchmarks", "hosting", "libraries", "services", "tools" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains("/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
