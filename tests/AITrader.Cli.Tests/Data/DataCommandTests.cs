using System.IO.Compression;
using AITrader.Cli.Failures;
using AITrader.Venues.Downloads;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Data;

/// <summary>The commands on market data, on files and servers that are there.</summary>
public sealed class DataCommandTests : IDisposable
{
    private const string Head = "time,symbol,open,high,low,close\n";
    private const string Mapping = """
        { "rows": "bars", "period": "1m", "time": {}, "columns":
          { "time": "time", "symbol": "symbol", "open": "open", "high": "high", "low": "low", "close": "close" } }
        """;

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_downloaded_is_listed_and_checked()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        var day = new DateTimeOffset(2024, 8, 8, 0, 0, 0, TimeSpan.Zero);
        const string Root = "data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-";
        server.Publish($"{Root}2024-08-08.zip", ArchiveServer.Klines(day, 1440, 60_000m, hasHeader: true));
        server.Publish($"{Root}2024-08-10.zip", ArchiveServer.Klines(day.AddDays(2), 10, 60_000m, hasHeader: true));
        string[] download = ["data", "download", "binance", "btcusdt", "--market", "um", "--from", "2024-08-08", "--to", "2024-08-11"];

        var (code, output) = await RunAsync([.. download, "--address", server.Address.AbsoluteUri]);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("the venue has nothing of 2024-08-09", output, StringComparison.Ordinal);
        Assert.Contains(
            "2 files fetched with 1,450 bars, 0 were there, 1 are missing at the venue, 0 failed",
            output,
            StringComparison.Ordinal
        );

        (code, output) = await RunAsync("data", "list");
        Assert.Equal(ExitCodes.Done, code);
        Assert.Matches(@"BTCUSDT\s+bars-1m\s+2024-08-08 00:00:00\s+2024-08-10 00:10:00\s+1,450\s+2\s", output);

        (code, output) = await RunAsync("data", "check");
        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("1,450 bars, 1,440 are missing", output, StringComparison.Ordinal);
        Assert.Contains("days without any: 2024-08-09", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_start_leaves_history_alone()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        server.Publish(
            "data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-08-08.zip",
            ArchiveServer.Klines(new DateTimeOffset(2024, 8, 8, 0, 0, 0, TimeSpan.Zero), 5, 100m)
        );
        await RunAsync([
            "data",
            "download",
            "binance",
            "BTCUSDT",
            "--from",
            "2024-08-08",
            "--to",
            "2024-08-09",
            "--address",
            server.Address.AbsoluteUri,
        ]);

        _temporary.Home.Clear();
        await _temporary.Home.CreateAsync(Ct);

        Assert.True(File.Exists(Path.Combine(_temporary.Home.History, "BTCUSDT-SPOT", "bars-1m", "BTCUSDT-1m-2024-08-08.zip")));
    }

    [Fact]
    public async Task A_bad_file_costs_no_other_and_is_told_by_the_exit_code()
    {
        var folder = Path.GetDirectoryName(
            _temporary.Write("mine/a.csv", $"{Head}2024-08-08T10:00:00Z,BTC,1,2,1,2\n2024-08-08T10:03:00Z,BTC,1,2,1,2\n")
        )!;
        _temporary.Write("mine/a.csv.map.json", Mapping);
        _temporary.Write("mine/b.csv", $"{Head}2024-08-08T10:00:00Z,BTC,1,2,1,abc\n");
        _temporary.Write("mine/b.csv.map.json", Mapping);

        var (code, output) = await RunAsync("data", "check", folder, Path.Combine(folder, "nowhere.csv"));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("a.csv: 2 bars of BTC", output, StringComparison.Ordinal);
        Assert.Contains("b.csv:2: close: 'abc'", output, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv: does not exist", output, StringComparison.Ordinal);
        Assert.Contains("2024-08-08 10:01:00 to 2024-08-08 10:03:00: 2 bars", output, StringComparison.Ordinal);
        Assert.Contains("1 file is good, 2 cannot be used", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_lies_the_way_to_get_some_is_told()
    {
        var (code, output) = await RunAsync("data", "list");

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains($"nothing lies in {_temporary.Home.History}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_imported_once_and_never_replaced_unasked()
    {
        var file = _temporary.Write("mine/a.csv", $"{Head}2024-08-08T10:00:00Z,NSE:INFY,1,2,1,2\n");
        _temporary.Write("mine/a.csv.map.json", Mapping);
        var target = Path.Combine(_temporary.Home.History, "NSE-INFY", "bars-1m", "a.csv");

        Assert.Equal(ExitCodes.Done, (await RunAsync("data", "import", file, "--symbol", "NSE:INFY")).Code);
        Assert.Equal(await File.ReadAllTextAsync(file, Ct), await File.ReadAllTextAsync(target, Ct));
        Assert.Contains(
            "is there already",
            (await RunAsync("data", "import", Path.GetDirectoryName(file)!)).Output,
            StringComparison.Ordinal
        );

        _temporary.Write("mine/a.csv", $"{Head}2024-08-08T10:00:00Z,NSE:INFY,1,3,1,2\n");
        var (code, output) = await RunAsync("data", "import", file);
        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("is there with other content; --overwrite replaces it", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, (await RunAsync("data", "import", file, "--overwrite")).Code);
        Assert.Equal(await File.ReadAllTextAsync(file, Ct), await File.ReadAllTextAsync(target, Ct));
        Assert.Equal(ExitCodes.Done, (await RunAsync("data", "check")).Code);
    }

    [Fact]
    public async Task Folders_of_lean_which_say_what_a_file_is_of_are_kept()
    {
        var place = Path.Combine("crypto", "coinbase", "minute", "btcusd", "20161007_trade.zip");
        var file = _temporary.Write(Path.Combine("lean-data", place), string.Empty);
        using (var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create))
        using (var entry = new StreamWriter(zip.CreateEntry("20161007_btcusd_minute_trade.csv").Open()))
        {
            await entry.WriteAsync("60000,600,610,590,605,12\n");
        }

        var (code, output) = await RunAsync("data", "import", file);

        Assert.True(code == ExitCodes.Done, output);
        Assert.True(File.Exists(Path.Combine(_temporary.Home.History, "lean", place)), output);
        Assert.Equal(ExitCodes.Done, (await RunAsync("data", "check")).Code);
    }

    [Theory]
    [InlineData("2024-08-08T10:00:00Z,NSE:INFY,1,2,1,abc\n", "close: 'abc'")]
    [InlineData("2024-08-08T10:00:00Z,NSE:TCS,1,2,1,2\n", "holds NSE:TCS, not only NSE:INFY")]
    public async Task What_is_bad_or_of_another_symbol_is_not_imported(string row, string problem)
    {
        var file = _temporary.Write("mine/a.csv", Head + row);
        _temporary.Write("mine/a.csv.map.json", Mapping);

        var (code, output) = await RunAsync("data", "import", file, "--symbol", "NSE:INFY");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains(problem, output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_temporary.Home.History, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Candles_come_by_the_settings_of_the_feed()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue((200, KiteServer.Candles("""["2024-08-01T09:15:00+0530",100,101,99,100.5,12]""")));
        var settings = _temporary.Write("mine.json", $$"""{ "Feed": { "Address": "{{server.Address}}" } }""");

        var (code, output) = await RunAsync([
            "data",
            "download",
            "kite",
            "NSE:INFY",
            "--from",
            "2024-08-01",
            "--to",
            "2024-08-02",
            "--settings",
            settings,
        ]);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("1 files fetched with 1 bars", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_the_way_to_sign_in_is_told()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.SignsInByItself = false;

        var refusal = await Assert.ThrowsAsync<Refusal>(() =>
            RunAsync([
                "data",
                "download",
                "kite",
                "NSE:INFY",
                "--from",
                "2024-08-01",
                "--to",
                "2024-08-02",
                "--address",
                server.Address.AbsoluteUri,
            ])
        );

        Assert.Contains("/connect/login?v=3&api_key=test_api_key", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--request-token TOKEN", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", "download", "kite", "INFY", "--from", "2024-08-08", "--to", "2024-08-09")]
    [InlineData("data", "download", "binance", "BTCUSDT", "--from", "2024-08-08")]
    [InlineData("data", "download", "binance", "BTCUSDT", "--from", "2024-08-08", "--to", "2024-08-08")]
    [InlineData("data", "download", "binance", "../BTC", "--from", "2024-08-08", "--to", "2024-08-09")]
    [InlineData("data", "download", "binance", "BTCUSDT", "--from", "2024-08-08", "--to", "2024-08-09", "--interval", "1w")]
    [InlineData("data", "download", "binance", "BTCUSDT", "--from", "2024-08-08", "--to", "2024-08-09", "--market", "moon")]
    [InlineData("data", "download", "binance", "BTCUSDT", "--from", "2024-08-08", "--to", "2024-08-09", "--address", "ftp://x")]
    [InlineData("data", "check", "--calendar", "mars")]
    public async Task What_makes_no_sense_is_refused(params string[] arguments) =>
        await Assert.ThrowsAnyAsync<CommandAppException>(() => RunAsync(arguments));

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;
        var services = CommandLine.Services(_temporary.Installation, console);
        services.AddSingleton(new DownloadSettings { RetryDelay = TimeSpan.FromMilliseconds(1) });
        var app = new CommandApp(new ServiceRegistrar(services));
        app.Configure(configurator => CommandLine.Configure(configurator, console));
        var code = await app.RunAsync(arguments, Ct);
        return (code, console.Output);
    }
}
