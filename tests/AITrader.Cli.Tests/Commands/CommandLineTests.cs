using System.Text.RegularExpressions;
using AITrader.Cli.Failures;
using AITrader.TestSupport;
using Spectre.Console.Cli;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Commands;

/// <summary>The commands themselves, on a home where nothing runs.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private string _output = string.Empty;

    public void Dispose() => _temporary.Dispose();

    public static TheoryData<string> Commands { get; } =
    [
        "up",
        "down",
        "status",
        "logs",
        "restart",
        "sign-in",
        "dashboard",
        "replay",
        "replay status",
        "replay start",
        "replay pause",
        "replay resume",
        "replay stop",
        "replay seek",
        "replay speed",
        "replay loop",
        "decision",
        "orders",
        "orders list",
        "orders place",
        "orders change",
        "orders cancel",
        "adjustments",
        "adjustments list",
        "adjustments split",
        "adjustments dividend",
        "risk",
        "risk show",
        "risk limit",
        "risk confirm",
        "risk kill",
        "risk revive",
        "flags",
        "flags show",
        "flags set",
        "runs",
        "runs list",
        "runs show",
        "runs compare",
        "runs export",
        "runs delete",
        "export",
        "gaps",
        "data",
        "data list",
        "data check",
        "data import",
        "data download binance",
        "data download kite",
        "new strategy",
        "strategies",
        "strategies list",
        "strategies reload",
        "backtest",
        "train forecast",
        "train patterns",
        "train sentiment",
        "models",
        "models list",
        "models show",
        "models promote",
        "models serving",
        "jobs",
        "jobs list",
        "jobs show",
        "jobs cancel",
        "test",
        "bench",
        "publish",
        "lock",
        "config",
        "doctor",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself_with_examples(string command)
    {
        Assert.Equal(0, await RunAsync([.. command.Split(' '), "--help"]));

        Assert.Contains("DESCRIPTION:", _output, StringComparison.Ordinal);
        Assert.Contains("EXAMPLES:", _output, StringComparison.Ordinal);
        Assert.Contains($"./aitrader {command.Split(' ')[0]}", _output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_every_command()
    {
        await RunAsync("--help");

        var named = Regex
            .Matches(_output[_output.IndexOf("COMMANDS:", StringComparison.Ordinal)..], @"^\s{4}(\S+)", RegexOptions.Multiline)
            .Select(static match => match.Groups[1].Value);
        Assert.Equal(
            Commands.Select(static row => row.Data.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("up", "--sped", "2")]
    [InlineData("status", "extra")]
    [InlineData("bananas")]
    [InlineData("logs", "-n", "many")]
    [InlineData("replay", "seek", "banana")]
    [InlineData("orders", "place", "up", "1", "BTCUSDT")]
    [InlineData("risk", "limit", "planet", "x=1")]
    [InlineData("flags", "set", "decisions.forecast", "maybe")]
    [InlineData("replay", "loop", "maybe")]
    [InlineData("runs", "list", "--kind", "dream")]
    [InlineData("runs", "compare", "live")]
    [InlineData("runs", "export", "live", "bars", "--to", "bars.csv")]
    [InlineData("runs", "export", "live", "trades")]
    [InlineData("runs", "export", "live", "trades", "--to", "trades.csv", "--format", "xml")]
    [InlineData("export", "--symbol", "A")]
    [InlineData("train", "forecast", "nbeats")]
    [InlineData("train", "forecast", "Big Name", "--data", "a.csv")]
    [InlineData("train", "forecast", "nbeats", "--data", "a.csv", "--every", "often")]
    [InlineData("train", "forecast", "nbeats", "--data", "a.csv", "--job")]
    [InlineData("train", "forecast", "nbeats", "--data", "ticks:A@2024-08-08")]
    [InlineData("train", "forecast", "nbeats", "--data", "a.csv", "--walk-forward", "1")]
    [InlineData("train", "forecast", "nbeats", "--data", "ticks:A@2024-08-08/2024-08-09", "--job", "--walk-forward", "3")]
    [InlineData("train", "sentiment")]
    [InlineData("models", "promote", "nbeats")]
    [InlineData("jobs", "show", "one")]
    [InlineData("jobs", "list", "--status", "done")]
    [InlineData("models", "show", "../up")]
    public async Task What_is_no_command_is_refused(params string[] arguments) =>
        await Assert.ThrowsAnyAsync<CommandAppException>(() => RunAsync(arguments));

    [Theory]
    [InlineData("restart", "worker")]
    [InlineData("sign-in")]
    [InlineData("dashboard")]
    [InlineData("replay")]
    [InlineData("strategies")]
    [InlineData("strategies", "reload", "mine")]
    [InlineData("models", "serving", "nbeats")]
    [InlineData("jobs")]
    [InlineData("jobs", "cancel", "01990b6e-0000-7000-8000-000000000000")]
    [InlineData("runs")]
    [InlineData("runs", "show", "live")]
    [InlineData("runs", "export", "live", "trades", "--to", "trades.csv")]
    [InlineData("gaps", "--from", "2024-08-08", "--to", "2024-08-09")]
    [InlineData("train", "forecast", "nbeats", "--data", "ticks:A@2024-08-08/2024-08-09", "--job")]
    public async Task What_needs_a_running_system_says_so(params string[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync(arguments));

        Assert.Equal((ExitCodes.NotRunning, "AITrader is not running. `./aitrader up` starts it."), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public async Task Status_and_down_of_nothing()
    {
        Assert.Equal(ExitCodes.NotRunning, await RunAsync("status"));
        Assert.Equal(ExitCodes.NotRunning, await RunAsync("status", "--json"));
        Assert.Equal(ExitCodes.Done, await RunAsync("down"));

        Assert.Equal(
            ["AITrader is not running. `./aitrader up` starts it.", """{ "running": false }""", "AITrader is not running."],
            Lines()
        );
    }

    [Fact]
    public async Task A_bad_line_is_refused_before_anything_is_built()
    {
        var file = _temporary.Write("ticks.csv", "symbol,time,price,size,bid,ask\nA,2024-08-08T10:00:00Z,1,1,1,1\nA,yesterday,1,1,1,1\n");

        var refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync("up", "--replay", file));

        Assert.Equal(ExitCodes.Usage, refusal.ExitCode);
        Assert.Contains("ticks.csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("3", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("building", _output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temporary.Home.Root));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync("up", "--replay", "nowhere/ticks.csv"));

        Assert.Equal("there is no file nowhere/ticks.csv", refusal.Message);
    }

    [Fact]
    public async Task Models_are_listed_shown_and_promoted_only_with_a_reason()
    {
        var repository = _temporary.Write("models/own/2/model.onnx", "x")[..^"/own/2/model.onnx".Length];
        _temporary.Write("models/own/1/model.onnx", "x");

        Assert.Equal(0, await RunAsync("models", "list", "--repository", repository, "--json"));
        Assert.Contains("\"version\":2,\"answers\":true", _output, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync("models", "promote", "own", "1", "--repository", repository));
        Assert.Contains("no card", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("models", "promote", "own", "1", "--anyway", "--repository", repository));
        Assert.Contains("back: ./aitrader models promote own 2", _output, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("models", "list", "--repository", repository, "--json"));
        Assert.Contains("\"version\":1,\"answers\":true", _output, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync("models", "show", "none", "--repository", repository));
        Assert.Contains("there are: own", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<Refusal>(() => RunAsync("models", "promote", "own", "3", "--repository", repository));
        Assert.Contains("it has 1, 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Benchmarks_are_listed_from_their_sources()
    {
        Assert.Equal(0, await RunAsync("bench", "list"));

        var sources = Directory
            .EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "benchmarks", "AITrader.Benchmarks"), "*Benchmark.cs")
            .Count(static file => !file.EndsWith("IBenchmark.cs", StringComparison.Ordinal));
        Assert.Equal(sources, Lines().Count);
        Assert.Contains(
            "there are: backtest, books, bus",
            (await Assert.ThrowsAsync<Refusal>(() => RunAsync("bench", "nothing"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Config_shows_where_things_are_and_come_from()
    {
        var file = _temporary.Write("mine.json", """{ "Replicas": { "onnx-runner": 2 }, "Parameters": { "redis-password": "hunter2" } }""");

        Assert.Equal(0, await RunAsync("config", "--settings", file, "--all"));

        Assert.Contains($"home:          {_temporary.Home.Root}", _output, StringComparison.Ordinal);
        Assert.Contains($"settings file: {file}", _output, StringComparison.Ordinal);
        Assert.Contains("secrets.json", _output, StringComparison.Ordinal);
        Assert.Matches(@"Replicas:onnx-runner\s+2\s+file", _output);
        Assert.Matches(@"Parameters:redis-password\s+\(secret\)\s+file", _output);
        Assert.Matches(@"Services:market-data:Books:Depth\s+20\s+default", _output);
        Assert.DoesNotContain("hunter2", _output, StringComparison.Ordinal);
    }

    private List<string> Lines() => [.. _output.TrimEnd('\n').Split('\n')];

    // The command app disposes of the console that it is given.
    private async Task<int> RunAsync(params string[] arguments)
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;
        var app = new CommandApp(new ServiceRegistrar(CommandLine.Services(_temporary.Installation, console)));
        app.Configure(configurator => CommandLine.Configure(configurator, console));
        try
        {
            return await app.RunAsync(arguments, TestContext.Current.CancellationToken);
        }
        finally
        {
            _output += console.Output;
        }
    }
}
