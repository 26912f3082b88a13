using AITrader.Backtesting.Data;
using AITrader.Domain.Time;
using AITrader.Venues.Binance.Archive;
using AITrader.Venues.Downloads;

namespace AITrader.Cli.Tests.Data;

/// <summary>Downloads from an archive on a real port, which fails as the real one has been seen to.</summary>
public sealed class BinanceArchiveTests : IDisposable
{
    private const string Spot = "data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-";
    private const string SpotMonth = "data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-";
    private const int Minutes = 5;

    private static readonly BinanceArchiveSeries Series = new("spot", "BTCUSDT", "1m");
    private static readonly DateOnly Eighth = new(2024, 8, 8);

    private readonly TemporaryHome _home = new();

    private string Folder => Path.Combine(_home.Folder, "BTCUSDT-SPOT", "bars-1m");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("2024-08-08", false, false)]
    [InlineData("2024-08-08", false, true)]
    [InlineData("2025-01-01", true, false)] // spot is in microseconds from this day on
    [InlineData("2025-01-01", true, true)]
    public async Task A_backtest_reads_what_was_fetched(string day, bool isMicros, bool hasHeader)
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        var date = DateOnly.Parse(day, null);
        server.Publish($"{Spot}{day}.zip", ArchiveServer.Klines(Midnight(date), Minutes, 100m, isMicros, hasHeader));

        Assert.Equal([new DownloadResult(day, DownloadState.Fetched, Minutes)], await DownloadAsync(server, date, date.AddDays(1)));

        var tape = MarketTapeReader.Read([_home.Folder], new MarketTapeSettings(), null, Ct);
        Assert.Equal(["BTCUSDT-SPOT"], tape.Symbols);
        Assert.Equal((Minutes * 4, TimeSpan.FromMinutes(1)), (tape.Count, tape.BarLength));
        Assert.Equal(
            (Midnight(date), 100m, Midnight(date).AddMinutes(Minutes).AddMicroseconds(-1), 105m),
            (
                EventTime.FromMicros(tape.Ticks[0].TimeMicros),
                tape.Ticks[0].Price.ToDecimal(),
                EventTime.FromMicros(tape.Ticks[^1].TimeMicros),
                tape.Ticks[^1].Price.ToDecimal()
            )
        );
    }

    [Fact]
    public async Task A_day_that_the_archive_lacks_costs_no_other()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        PublishDay(server, Eighth.AddDays(2));

        Assert.Equal(
            [("2024-08-08", DownloadState.Fetched), ("2024-08-09", DownloadState.Absent), ("2024-08-10", DownloadState.Fetched)],
            Of(await DownloadAsync(server, Eighth, Eighth.AddDays(3)))
        );
    }

    [Fact]
    public async Task A_checksum_that_does_not_match_keeps_the_file_out()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        PublishDay(server, Eighth.AddDays(1));
        server.PublishChecksum($"{Spot}2024-08-08.zip", new string('a', 64));

        var results = await DownloadAsync(server, Eighth, Eighth.AddDays(2));

        Assert.Equal([("2024-08-08", DownloadState.Failed), ("2024-08-09", DownloadState.Fetched)], Of(results));
        Assert.Contains(new string('a', 64), results[0].Reason, StringComparison.Ordinal);
        Assert.Equal(
            ["BTCUSDT-1m-2024-08-09.zip", "BTCUSDT-1m-2024-08-09.zip.CHECKSUM", "BTCUSDT-1m-2024-08-09.zip.map.json"],
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("1723075200000,100,102,99,101,1,0\n1723075200000,100,102,99,101,1,0\n", "is that of the bar before")]
    [InlineData("1723075200000,100,99,98,101,1,0\n", "high")]
    [InlineData("", "holds no klines")]
    [InlineData("2024-08-08,100,102,99,101,1,0\n", "neither milliseconds nor microseconds")]
    public async Task Content_that_no_backtest_could_read_is_kept_out(string csv, string problem)
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        server.Publish($"{Spot}2024-08-08.zip", csv);

        var result = Assert.Single(await DownloadAsync(server, Eighth, Eighth.AddDays(1)));

        Assert.Equal(DownloadState.Failed, result.State);
        Assert.Contains(problem, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Folder), static file => file.EndsWith(".zip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_for_now_and_broken_connections_are_tried_again()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        server.Fail($"{Spot}2024-08-08.zip.CHECKSUM", ArchiveServer.Status(429, retryAfter: 0));
        server.Fail($"{Spot}2024-08-08.zip", ArchiveServer.Status(503));
        server.Fail($"{Spot}2024-08-08.zip", ArchiveServer.CutAsync);

        Assert.Equal([("2024-08-08", DownloadState.Fetched)], Of(await DownloadAsync(server, Eighth, Eighth.AddDays(1))));
        Assert.Equal(3, server.Asked.Count(static path => path.EndsWith(".zip", StringComparison.Ordinal)));
        Assert.Equal(4, server.Asked.Count(static path => path.EndsWith(".CHECKSUM", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_goes_silent_is_asked_again()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        server.Fail($"{Spot}2024-08-08.zip", async (context, file) =>
        {
            context.Response.ContentLength = file.Length;
            await context.Response.Body.WriteAsync(file.AsMemory(0, 10));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        var impatient = new DownloadSettings { RetryDelay = TimeSpan.FromMilliseconds(1), Silence = TimeSpan.FromSeconds(1) };

        Assert.Equal(
            [("2024-08-08", DownloadState.Fetched)],
            Of(await DownloadAsync(server, Eighth, Eighth.AddDays(1), settings: impatient))
        );
    }

    [Fact]
    public async Task A_server_that_only_fails_is_given_up()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        for (var i = 0; i < 20; i++)
        {
            server.Fail($"{Spot}2024-08-0{(i % 2) + 8}.zip.CHECKSUM", ArchiveServer.Status(500));
        }

        var results = await DownloadAsync(server, Eighth, Eighth.AddDays(4));

        Assert.Equal(["2024-08-08", "2024-08-09", "2024-08-10", "2024-08-11"], results.Select(static result => result.Name));
        Assert.Equal([DownloadState.Failed, DownloadState.Failed], results.Take(2).Select(static result => result.State));
        Assert.EndsWith("answers 500", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal("not asked for any more", results[3].Reason);
        Assert.DoesNotContain(server.Asked, static path => path.Contains("08-11", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_there_and_whole_is_not_fetched_again()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        PublishDay(server, Eighth.AddDays(1));
        await DownloadAsync(server, Eighth, Eighth.AddDays(2));
        await File.AppendAllTextAsync(Path.Combine(Folder, "BTCUSDT-1m-2024-08-09.zip"), "damage", Ct);
        server.Asked.Clear();

        Assert.Equal(
            [("2024-08-08", DownloadState.Present), ("2024-08-09", DownloadState.Fetched)],
            Of(await DownloadAsync(server, Eighth, Eighth.AddDays(2)))
        );
        Assert.Equal([$"{Spot}2024-08-09.zip.CHECKSUM", $"{Spot}2024-08-09.zip"], server.Asked);
    }

    [Fact]
    public async Task A_whole_month_is_one_file_and_stands_for_its_days()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        server.Publish($"{SpotMonth}2024-08.zip", ArchiveServer.Klines(Midnight(new DateOnly(2024, 8, 1)), Minutes, 100m));
        PublishDay(server, new DateOnly(2024, 9, 1));

        Assert.Equal(
            [("2024-08", DownloadState.Fetched), ("2024-09-01", DownloadState.Fetched)],
            Of(await DownloadAsync(server, new DateOnly(2024, 8, 1), new DateOnly(2024, 9, 2)))
        );
        Assert.Equal([("2024-08", DownloadState.Present)], Of(await DownloadAsync(server, Eighth, Eighth.AddDays(2))));
    }

    [Theory]
    [InlineData(false)] // not published yet
    [InlineData(true)] // published with a checksum of another file
    public async Task A_month_that_cannot_be_had_is_fetched_by_days(bool isPublished)
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        if (isPublished)
        {
            server.Publish($"{SpotMonth}2024-08.zip", ArchiveServer.Klines(Midnight(Eighth), Minutes, 100m));
            server.PublishChecksum($"{SpotMonth}2024-08.zip", new string('b', 64));
        }

        var results = await DownloadAsync(server, new DateOnly(2024, 8, 1), new DateOnly(2024, 9, 1));

        Assert.Equal(31, results.Count);
        Assert.Equal(
            ["2024-08-08"],
            results.Where(static result => result.State == DownloadState.Fetched).Select(static result => result.Name)
        );
        Assert.Single(Directory.GetFiles(Folder, "*.zip"));
    }

    [Fact]
    public async Task Interrupting_leaves_no_torn_file()
    {
        await using var server = await ArchiveServer.StartAsync(Ct);
        PublishDay(server, Eighth);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        server.Fail($"{Spot}2024-08-08.zip", async (context, file) =>
        {
            context.Response.ContentLength = file.Length;
            await context.Response.Body.WriteAsync(file.AsMemory(0, 10));
            await context.Response.Body.FlushAsync();
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(server, Eighth, Eighth.AddDays(1), stop.Token));

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("um", "BTCUSDT", "BTCUSDT", "data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-08-08.zip")]
    [InlineData("cm", "BTCUSD_PERP", "BTCUSD_PERP", "data/futures/cm/daily/klines/BTCUSD_PERP/1m/BTCUSD_PERP-1m-2024-08-08.zip")]
    [InlineData("spot", "BTCUSDT", "BTCUSDT-SPOT", "data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-08-08.zip")]
    public void Files_lie_where_the_archive_has_them(string market, string venueSymbol, string symbol, string path)
    {
        var series = new BinanceArchiveSeries(market, venueSymbol, "1m");

        Assert.Equal((symbol, path), (series.Symbol, series.DayFile(Eighth).Path));
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static void PublishDay(ArchiveServer server, DateOnly day) =>
        server.Publish($"{Spot}{day:yyyy-MM-dd}.zip", ArchiveServer.Klines(Midnight(day), Minutes, 100m));

    private static IEnumerable<(string Name, DownloadState State)> Of(IEnumerable<DownloadResult> results) =>
        results.Select(static result => (result.Name, result.State));

    private async Task<IReadOnlyList<DownloadResult>> DownloadAsync(
        ArchiveServer server,
        DateOnly from,
        DateOnly to,
        CancellationToken? stop = null,
        DownloadSettings? settings = null
    )
    {
        using var http = new HttpClient();
        settings ??= new DownloadSettings { RetryDelay = TimeSpan.FromMilliseconds(1), GiveUpAfter = 2 };
        var archive = new BinanceArchive(http, server.Address, settings, TimeProvider.System);
        return await archive.DownloadAsync(Series, from, to, _home.Folder, null, stop ?? Ct);
    }
}
