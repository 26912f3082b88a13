using System.Xml.Linq;
using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>The dependency rules of the house, read from the project files themselves.</summary>
public sealed class ProjectGraphTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    private static readonly Dictionary<string, string[]> OnlyKnownTo = new(StringComparer.Ordinal)
    {
        ["Aspire.StackExchange.Redis"] = ["AITrader.Messaging"],
        ["StackExchange.Redis"] = ["AITrader.Messaging"],
        ["Npgsql"] = ["AITrader.Storage"],
        ["Aspire.Npgsql.EntityFrameworkCore.PostgreSQL"] = ["AITrader.Storage"],
        ["Npgsql.EntityFrameworkCore.PostgreSQL"] = ["AITrader.Storage"],
        ["Microsoft.EntityFrameworkCore.Relational"] = ["AITrader.Storage"],
        ["Microsoft.ML.OnnxRuntime.Gpu"] = ["AITrader.Inference", "AITrader.Learning"],
        ["OpenAI"] = ["AITrader.Advice"],
        ["Microsoft.Extensions.AI.OpenAI"] = ["AITrader.Advice"],
    };

    private static readonly Dictionary<string, string[]> LibraryMayUse = new(StringComparer.Ordinal)
    {
        ["AITrader.Domain"] = [],
        ["AITrader.OrderBooks"] = ["AITrader.Domain"],
        ["AITrader.Formats"] = ["AITrader.Domain", "AITrader.OrderBooks"],
        ["AITrader.Signals"] = ["AITrader.Domain"],
        ["AITrader.Venues"] = ["AITrader.Domain", "AITrader.Formats", "AITrader.OrderBooks"],
        ["AITrader.Trading"] = ["AITrader.Domain"],
        ["AITrader.Contracts"] = ["AITrader.Domain"],
        ["AITrader.Messaging"] = ["AITrader.Contracts", "AITrader.Domain"],
        ["AITrader.Storage"] = ["AITrader.Contracts", "AITrader.Domain"],
        ["AITrader.Outbox"] = ["AITrader.Messaging", "AITrader.Storage", "AITrader.ServiceDefaults"],
        ["AITrader.Inference"] = ["AITrader.Registry"],
        ["AITrader.Registry"] = [],
        ["AITrader.Texts"] = [],
        ["AITrader.Learning"] = ["AITrader.Registry", "AITrader.Signals", "AITrader.Texts"],
        ["AITrader.Advice"] = ["AITrader.Domain"],
        ["AITrader.Strategies"] = ["AITrader.Domain", "AITrader.Signals", "AITrader.Trading"],
        ["AITrader.Backtesting"] = ["AITrader.Domain", "AITrader.Formats", "AITrader.Signals", "AITrader.Strategies", "AITrader.Trading"],
    };

    public static TheoryData<string> Services { get; } = [.. Projects("services")];

    public static TheoryData<string> Libraries { get; } = [.. Projects("libraries")];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_references_only_libraries_and_the_defaults(string project) =>
        Assert.All(References(project), static target =>
            Assert.True(IsLibrary(target) || target.StartsWith("AITrader.ServiceDefaults/", StringComparison.Ordinal), target)
        );

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_references_only_what_the_architecture_allows(string project)
    {
        var allowed = LibraryMayUse[Path.GetFileNameWithoutExtension(project)];
        Assert.All(References(project), target => Assert.Contains(Path.GetFileNameWithoutExtension(target), allowed));
    }

    [Theory]
    [MemberData(nameof(Services))]
    [MemberData(nameof(Libraries))]
    public void An_io_package_has_one_owner(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.All(Packages(project), package =>
            Assert.True(
                !OnlyKnownTo.TryGetValue(package, out var owners) || owners.Contains(name),
                $"{package} belongs to {string.Join(" and ", OnlyKnownTo.GetValueOrDefault(package) ?? [])}"
            )
        );
    }

    [Theory]
    [InlineData("AITrader.Domain")]
    [InlineData("AITrader.Signals")]
    [InlineData("AITrader.Trading", "MathNet.Numerics")]
    [InlineData("AITrader.Contracts")]
    [InlineData("AITrader.Registry")]
    public void A_pure_library_references_no_package_but_mathematics(string library, params string[] mathematics) =>
        Assert.Equal(mathematics, Packages($"libraries/{library}/{library}.csproj"));

    [Theory]
    [MemberData(nameof(Services))]
    public void Program_stays_a_table_of_contents(string project)
    {
        var program = Path.Combine(Root, Path.GetDirectoryName(project)!, "Program.cs");
        Assert.InRange(File.ReadLines(program).Count(), 1, 40);
    }

    [Fact]
    public void No_product_code_is_compiled_conditionally() =>
        Assert.All(
            new[] { "services", "libraries", "AITrader.ServiceDefaults", "AITrader.AppHost" }.SelectMany(static folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            ),
            static file =>
                Assert.DoesNotContain(File.ReadLines(file), static line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))
        );

    private static bool IsLibrary(string path) => path.StartsWith("libraries/", StringComparison.Ordinal);

    private static IEnumerable<string> Projects(string folder) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Select(Relative)
            : [];

    private static IEnumerable<string> Packages(string project) =>
        XDocument
            .Load(Path.Combine(Root, project))
            .Descendants("PackageReference")
            .Select(static reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> References(string project)
    {
        var folder = Path.Combine(Root, Path.GetDirectoryName(project)!);
        return XDocument
            .Load(Path.Combine(Root, project))
            .Descendants("ProjectReference")
            .Select(reference => Relative(Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value))));
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
