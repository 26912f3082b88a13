using System.Text.Json;
using System.Text.RegularExpressions;
using AITrader.Cli.Processes;
using AITrader.TestSupport;

namespace AITrader.Cli.Tests.Strategies;

/// <summary>docs/write-a-strategy.md, followed to the letter: every command of it is run, and ends with what the page promises.</summary>
public sealed partial class WriteAStrategyTests : IDisposable
{
    private const string NameOnThePage = "MyStrategy";

    private static readonly string Root = SharedData.RepositoryRoot;

    private readonly string _name = $"Tried{Environment.ProcessId}";
    private readonly string _out = Directory.CreateTempSubdirectory("strategy").FullName;

    public void Dispose()
    {
        Directory.Delete(_out, recursive: true);
        if (Directory.Exists(Path.Combine(Root, "strategies", _name)))
        {
            Directory.Delete(Path.Combine(Root, "strategies", _name), recursive: true);
        }
    }

    [Fact]
    public async Task A_newcomer_who_follows_the_page_ends_with_a_report()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "write-a-strategy.md"), TestContext.Current.CancellationToken);
        var commands = Blocks().Matches(page).SelectMany(static block => block.Groups[1].Value.Trim().Split('\n')).ToList();
        Assert.Equal(4, commands.Count);

        foreach (var command in commands)
        {
            await RunAsync(
                command
                    .Replace(NameOnThePage, _name, StringComparison.Ordinal)
                    .Replace("--report out", $"--report {_out}", StringComparison.Ordinal)
            );
        }

        foreach (var (folder, title) in ((string, string)[])[("first", _name), ("search", _name), ("document", "averages")])
        {
            var report = await File.ReadAllTextAsync(Path.Combine(_out, folder, "report.html"), TestContext.Current.CancellationToken);
            Assert.Contains($"<h1>{title}</h1>", report, StringComparison.Ordinal);
            Assert.Contains("<svg", report, StringComparison.Ordinal);
        }

        using var first = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_out, "first", "summary.json"), TestContext.Current.CancellationToken)
        );
        Assert.NotEqual("0", first.RootElement.GetProperty("statistics").GetProperty("executions").GetString());
        Assert.Equal(
            18,
            (await File.ReadAllLinesAsync(Path.Combine(_out, "search", "trials.jsonl"), TestContext.Current.CancellationToken)).Length
        );
    }

    [Theory]
    [InlineData("backtest nobody --data x.csv", "'nobody' is no example")]
    [InlineData("backtest ema-cross", "--data is missing")]
    [InlineData("backtest ema-cross --data /nowhere/x.csv", "/nowhere/x.csv: does not exist")]
    [InlineData("backtest ema-cross --data README.md", "README.md:1: format:")]
    [InlineData("backtest ema-cross --data services/AITrader.MarketData/Demo/demo.csv --param fast=0", "Fast: 0 is not in 1 to 1000")]
    [InlineData("backtest ema-cross --data services/AITrader.MarketData/Demo/demo.csv --from 2030-01-01", "no tick lies from 2030-01-01")]
    [InlineData("new strategy my-strategy", "'my-strategy' is no name of a class")]
    public async Task What_cannot_be_done_is_refused_with_the_reason(string arguments, string expected)
    {
        var output = new List<string>();
        Assert.NotEqual(0, await CallAsync($"./aitrader {arguments}", output));
        Assert.Contains(output, line => line.Contains(expected, StringComparison.Ordinal));
    }

    private static async Task RunAsync(string command)
    {
        var output = new List<string>();
        Assert.True(await CallAsync(command, output) == 0, $"{command}\n{string.Join('\n', output)}");
    }

    private static Task<int> CallAsync(string command, List<string> output) =>
        ExternalProgram.RunAsync(new ExternalCall("bash", ["-c", command], Root), output.Add, TestContext.Current.CancellationToken);

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
