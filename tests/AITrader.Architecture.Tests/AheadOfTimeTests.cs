using System.Xml.Linq;
using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>The hot path can be compiled ahead of time: the analyzers that say so are on, and nobody silences them. Their findings are
/// errors, as all warnings are.</summary>
public sealed class AheadOfTimeTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    public static TheoryData<string> Projects { get; } =
    [
        "libraries/AITrader.Domain/AITrader.Domain.csproj",
        "libraries/AITrader.OrderBooks/AITrader.OrderBooks.csproj",
        "libraries/AITrader.Formats/AITrader.Formats.csproj",
        "libraries/AITrader.Signals/AITrader.Signals.csproj",
        "libraries/AITrader.Contracts/AITrader.Contracts.csproj",
        "libraries/AITrader.Messaging/AITrader.Messaging.csproj",
        "AITrader.ServiceDefaults/AITrader.ServiceDefaults.csproj",
        "services/AITrader.PatternEngine/AITrader.PatternEngine.csproj",
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Has_its_analyzers_on(string project)
    {
        var xml = XDocument.Load(Path.Combine(Root, project));
        Assert.Equal("true", xml.Descendants("IsAotCompatible").Single().Value);
        Assert.Empty(xml.Descendants("NoWarn").Concat(xml.Descendants("WarningsNotAsErrors")));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Silences_none_of_them(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, project))!;
        var silenced = Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static file =>
                File.ReadLines(file)
                    .Any(static line =>
                        line.Contains("UnconditionalSuppressMessage", StringComparison.Ordinal)
                        || line.Contains("#pragma warning disable IL", StringComparison.Ordinal)
                    )
            );
        Assert.Empty(silenced);
    }

    [Fact]
    public void Warnings_of_the_analyzers_are_errors()
    {
        var xml = XDocument.Load(Path.Combine(Root, "Directory.Build.props"));
        Assert.Equal("true", xml.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.DoesNotContain(
            "IL",
            string.Concat(xml.Descendants("WarningsNotAsErrors").Select(static element => element.Value)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_hot_path_is_published_as_machine_code()
    {
        var xml = XDocument.Load(Path.Combine(Root, "services/AITrader.PatternEngine/AITrader.PatternEngine.csproj"));
        Assert.Equal("true", xml.Descendants("PublishReadyToRun").Single().Value);
        Assert.Equal("true", xml.Descendants("PublishAot").Single().Value);
    }
}
