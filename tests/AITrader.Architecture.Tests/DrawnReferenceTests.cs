using System.Text.RegularExpressions;
using System.Xml.Linq;
using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>A reference that nobody uses makes a project be built, and with it a service, after others for nothing.</summary>
/// <remarks>
/// Read from sources, not from assemblies: these name no project of which only constants are used, and are there only for what was built.
/// An unused <c>using</c> is an error of the build (IDE0005),
/// so one that is there is evidence.
/// </remarks>
public sealed partial class DrawnReferenceTests
{
    private const string Own = "AITrader.";

    private static readonly string Root = SharedData.RepositoryRoot;

    public static TheoryData<string> Projects { get; } = [.. ProjectFiles().Select(Relative)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_reference_is_used(string project)
    {
        var texts = Texts(project);
        var sources = WithoutWords(texts);
        Assert.All(References(project), target =>
            Assert.True(Uses(sources, target) || Starts(texts, target), $"{project} draws {target}, and no source of it uses that.")
        );
    }

    [Theory]
    [InlineData("using AITrader.Domain.Prices;\n", true)]
    [InlineData("using static AITrader.Domain.EventTime;\n", true)]
    [InlineData("using Clock = AITrader.Domain.EventTime;\n", true)]
    [InlineData("namespace AITrader.Venues;\nvar price = Domain.Price.FromNanos(1);\n", true)]
    [InlineData("var price = global::AITrader.Domain.Price.FromNanos(1);\n", true)]
    [InlineData("using AITrader.DomainAndMore;\nvar allDomains = NoDomain.Of(1);\n", false)]
    [InlineData(
        "// AITrader.Domain has prices.\n/// <see cref=\"Domain.Price\"/>\nvar path = \"AITrader.Domain.dll\";\n/* Domain.Price */\n",
        false
    )]
    [InlineData("using AITrader.DomainTests;\nvar x = config.Domain.Count;\n", false)]
    public void Knows_a_use_from_a_mention(string source, bool isUse) =>
        Assert.Equal(isUse, Uses(WithoutWords(source), "libraries/AITrader.Domain/AITrader.Domain.csproj"));

    /// <summary>Whether a program is started, for which it must lie beside the test.</summary>
    private static bool Starts(string texts, string target) =>
        target.StartsWith("services/", StringComparison.Ordinal)
        && Regex.IsMatch(texts, $"\"{Regex.Escape(Path.GetFileNameWithoutExtension(target))}(\\.dll)?\"", RegexOptions.CultureInvariant);

    private static bool Uses(string sources, string target)
    {
        var name = Path.GetFileNameWithoutExtension(target);
        if (sources.Contains($"Projects.{name.Replace('.', '_')}", StringComparison.Ordinal))
        {
            return true; // a resource of the AppHost
        }

        var code = WithoutWords(Texts(target));
        var namespaces = NamespaceLine()
            .Matches(code)
            .Select(static match => match.Groups[1].Value)
            .Append(name)
            .ToHashSet(StringComparer.Ordinal);
        return namespaces.Any(found => Mentions(sources, found))
            || (
                namespaces.Any(static found => !found.StartsWith(Own, StringComparison.Ordinal))
                && Extensions().Matches(code).Any(method => Mentions(sources, "." + method.Groups[1].Value))
            );
    }

    /// <summary>Whether a name is used in code, in full or, from within the house's namespaces, without their first part.</summary>
    private static bool Mentions(string sources, string name)
    {
        var start = name.StartsWith('.') ? string.Empty : @"(?<![\w.])";
        return Regex.IsMatch(sources, $@"{start}{Regex.Escape(name)}\b", RegexOptions.CultureInvariant)
            || (
                name.StartsWith(Own, StringComparison.Ordinal)
                && Regex.IsMatch(sources, $@"{start}{Regex.Escape(name[Own.Length..])}\.\w", RegexOptions.CultureInvariant)
            );
    }

    /// <summary>All sources of a project, those that it takes from elsewhere included.</summary>
    private static string Texts(string project)
    {
        var folder = Path.Combine(Root, Path.GetDirectoryName(project)!);
        var linked = XDocument
            .Load(Path.Combine(Root, project))
            .Descendants("Compile")
            .Select(item => item.Attribute("Include")?.Value)
            .OfType<string>()
            .Select(path => Path.Combine(folder, path));
        return string.Join(
            '\n',
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Concat(linked).Select(File.ReadAllText)
        );
    }

    /// <summary>Code without comments and without what is in quotation marks.</summary>
    private static string WithoutWords(string source) => Words().Replace(source, " ");

    private static IEnumerable<string> References(string project)
    {
        var folder = Path.Combine(Root, Path.GetDirectoryName(project)!);
        return XDocument
            .Load(Path.Combine(Root, project))
            .Descendants("ProjectReference")
            .Where(static reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false") // it is to be there, not to be compiled against
            .Select(reference => Relative(Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value))));
    }

    private static IEnumerable<string> ProjectFiles() =>
        Directory
            .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(static file =>
                !Relative(file).StartsWith("artifacts/", StringComparison.Ordinal)
                && !file.Contains("/node_modules/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    [GeneratedRegex(
        """//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])'""",
        RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Words();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"public static [\w<>?., \[\]]+? (\w+)(<\w+>)?\s*\(\s*this ", RegexOptions.CultureInvariant)]
    private static partial Regex Extensions();
}
