using AITrader.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AITrader.Architecture.Tests;

/// <summary>Within an assembly namespaces use one another in one direction, a namespace and its parent included.</summary>
/// <remarks>Read from what a build of the solution has put into <c>artifacts/bin</c>, so that this project has to reference
/// nothing.</remarks>
public sealed class NamespaceTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    public static TheoryData<string> Assemblies { get; } =
    [
        .. new[] { "AITrader.AppHost", "AITrader.ServiceDefaults", "hosting", "libraries", "services", "tools" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_form_no_circle(string assembly)
    {
        var graph = Read(assembly);
        var circles = graph.Circles();
        Assert.True(
            circles.Count == 0,
            $"{assembly} has namespaces that use one another:\n{string.Join('\n', circles.Select(graph.Describe))}"
        );
    }

    [Theory]
    [InlineData("namespace A { class X : B.Y; } namespace B { class Y; }", "")]
    [InlineData("namespace A { class X : B.Y; } namespace B { class Y { A.X? x; } }", "A B")]
    [InlineData("namespace A { class X { object Of() => new A.B.Y(); } } namespace A.B { class Y { object Of() => new A.X(); } }", "A A.B")]
    [InlineData(
        "namespace A { class X { System.Func<B.Y?> Of() => () => null; } } namespace B { class Y { static A.X[] All = []; } }",
        "A B"
    )]
    [InlineData(
        "namespace A { class X; class M : System.Attribute { public M(System.Type type) { } } class Z : B.Y; } namespace B { [A.M(typeof(A.X))] class Y; }",
        "A B"
    )]
    [InlineData("namespace A { class X { B.Y? y; } } namespace B { class Y { C.Z? z; } } namespace C { class Z { A.X? x; } }", "A B C")]
    [InlineData(
        "namespace A { class X { B.Y? y; } } namespace B { class Y { class In { async System.Threading.Tasks.Task Do() { await A.Z.Do(); } } } }"
            + " namespace A { static class Z { public static System.Threading.Tasks.Task Do() => System.Threading.Tasks.Task.CompletedTask; } }",
        "A B"
    )]
    public void Knows_a_circle(string source, string circle)
    {
        using var assembly = Compile(source);
        var graph = NamespaceGraph.Read(assembly);
        Assert.Equal(circle, string.Join(' ', graph.Circles().SelectMany(static names => names)));
    }

    [Fact]
    public void Names_types_for_each_edge_of_a_circle()
    {
        using var assembly = Compile("namespace A { class X : B.Y; } namespace B { class Y { A.X? x; } }");
        var graph = NamespaceGraph.Read(assembly);
        Assert.Equal("A, B:\n    A -> B: X uses Y\n    B -> A: Y uses X", graph.Describe(Assert.Single(graph.Circles())));
    }

    private static NamespaceGraph Read(string assembly)
    {
        using var stream = BuiltAssembly.Open(assembly);
        return NamespaceGraph.Read(stream);
    }

    private static MemoryStream Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        assembly.Position = 0;
        return assembly;
    }
}
