using System.Text.RegularExpressions;
using AITrader.Docs.Tests.Documents;
using AITrader.Docs.Tests.Running;
using AITrader.TestSupport;

namespace AITrader.Docs.Tests;

/// <summary>Sentences name only commands and options that there are.</summary>
public sealed partial class SentenceTests
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_that_a_sentence_names_is_in_the_help()
    {
        var named = Document.All.SelectMany(DocumentedCommand.InSentences).ToLookup(static command => PathOf(command.Text));
        var paths = named.Select(static group => group.Key).ToList();
        var program = Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", "AITrader.Cli", "release", "AITrader.Cli.dll");
        var shell = new Shell(SharedData.RepositoryRoot, new Dictionary<string, string>());

        var helps = await shell.RunAsync([.. paths.Select(path => $"dotnet {program} {path} --help")], _test);

        Assert.All(paths.Zip(helps), pair => Assert.All(named[pair.First], command =>
            {
                Assert.True(pair.Second.ExitCode == 0, $"{command}: {pair.Second.Error}");
                Assert.All(Option().Matches(command.Text), option =>
                    Assert.Contains(option.Value, pair.Second.Output, StringComparison.Ordinal)
                );
            }));
    }

    // These have commands of their own; what follows is an argument.
    private static string PathOf(string command)
    {
        var words = Words().Match(command).Groups[1].Value.Trim().Split(' ');
        return string.Join(
            ' ',
            words switch
            {
                ["data", "download", ..] => words.Take(3),
                [
                    "replay"
                    or "data"
                    or "new"
                    or "orders"
                    or "adjustments"
                    or "risk"
                    or "flags"
                    or "runs"
                    or "strategies"
                    or "train"
                    or "jobs"
                    or "models",
                    ..,
                ] => words.Take(2),
                _ => words.Take(1),
            }
        );
    }

    [GeneratedRegex(@"^\./aitrader ((?:[a-z-]*[a-z](?: |$)){0,3})")]
    private static partial Regex Words();

    [GeneratedRegex(@"--[a-z-]+")]
    private static partial Regex Option();
}
