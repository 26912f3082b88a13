using AITrader.Backtesting.Data;
using AITrader.Domain.Time;
using AITrader.Venues.Downloads;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.History;
using AITrader.Venues.Kite.Rest;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Cli.Tests.Data;

/// <summary>Downloads of Kite's candles, from a server on a real port.</summary>
public sealed class KiteHistoryTests : IDisposable
{
    private const string First = """["2024-08-01T09:15:00+0530",100.05,101,99.5,100.5,1200]""";
    private const string Second = """["2024-08-01T09:16:00+0530",100.5,102,100.5,101.95,800,5]""";

    private static readonly KiteInstrument Infy = new(408065, 1594, "INFY", "INFOSYS", 0, null, 0, 0.05m, 1, "EQ", "NSE", "NSE");
    private static readonly KiteInterval Minute = KiteInterval.All[0];
    private static readonly KiteInterval Day = KiteInterval.All[^1];
    private static readonly DateOnly August = new(2024, 8, 1);

    private readonly TemporaryHome _home = new();
    private DateTimeOffset _now = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_backtest_reads_a_month_that_one_request_brought()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue((200, KiteServer.Candles(First, Second)));

        Assert.Equal(
            [new DownloadResult("2024-08", DownloadState.Fetched, 2)],
            await DownloadAsync(server, Minute, August, August.AddDays(2))
        );

        Assert.Equal(["/instruments/historical/408065/minute?from=2024-08-01 00:00:00&to=2024-08-31 23:59:59"], server.Asked);
        var tape = MarketTapeReader.Read([_home.Folder], new MarketTapeSettings(), null, Ct);
        Assert.Equal(["NSE:INFY"], tape.Symbols);
        Assert.Equal((8, TimeSpan.FromMinutes(1)), (tape.Count, tape.BarLength));
        Assert.Equal(
            (new DateTimeOffset(2024, 8, 1, 3, 45, 0, TimeSpan.Zero), 100.05m, 101.95m, 200m),
            (
                EventTime.FromMicros(tape.Ticks[0].TimeMicros),
                tape.Ticks[0].Price.ToDecimal(),
                tape.Ticks[^1].Price.ToDecimal(),
                tape.Ticks[^1].Size.ToDecimal()
            )
        );
    }

    [Fact]
    public async Task A_daily_candle_is_the_local_day_and_a_year_is_one_file()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue((200, KiteServer.Candles("""["2024-08-01T00:00:00+0530",100,101,99,100.5,1200]""")));

        Assert.Equal("2024", Assert.Single(await DownloadAsync(server, Day, August, August.AddDays(2))).Name);

        var tape = MarketTapeReader.Read([_home.Folder], new MarketTapeSettings(), null, Ct);
        Assert.Equal(
            (new DateTimeOffset(2024, 7, 31, 18, 30, 0, TimeSpan.Zero), TimeSpan.FromDays(1)),
            (EventTime.FromMicros(tape.Ticks[0].TimeMicros), tape.BarLength)
        );
    }

    [Fact]
    public void No_request_is_for_more_days_than_kite_gives() =>
        Assert.All(KiteInterval.All, static interval =>
            Assert.All(Enumerable.Range(0, 48).Select(static month => August.AddMonths(month)), day =>
                Assert.InRange(interval.FileOf(day).To.DayNumber - interval.FileOf(day).From.DayNumber, 28, interval.MaxDays)
            )
        );

    [Fact]
    public async Task A_month_that_is_over_is_not_fetched_again_and_one_that_is_not_is()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        _now = new DateTimeOffset(2024, 8, 1, 3, 46, 30, TimeSpan.Zero);
        server.Answers.Enqueue((200, KiteServer.Candles(First, Second)));

        // The second candle is still being formed.
        Assert.Equal(
            [new DownloadResult("2024-08", DownloadState.Fetched, 1)],
            await DownloadAsync(server, Minute, August, August.AddDays(9))
        );

        _now = new DateTimeOffset(2024, 9, 1, 3, 0, 0, TimeSpan.Zero);
        server.Answers.Enqueue((200, KiteServer.Candles(First, Second)));
        Assert.Equal(
            [new DownloadResult("2024-08", DownloadState.Fetched, 2)],
            await DownloadAsync(server, Minute, August, August.AddDays(9))
        );
        Assert.Equal(
            [new DownloadResult("2024-08", DownloadState.Present)],
            await DownloadAsync(server, Minute, August, August.AddDays(9))
        );
        Assert.Equal(2, server.Asked.Count);
        Assert.Equal(
            ["NSE-INFY-1m-2024-08.csv", "NSE-INFY-1m-2024-08.csv.map.json"],
            Directory.GetFiles(Path.Combine(_home.Folder, "NSE-INFY", "bars-1m")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Refusals_for_now_are_tried_again_and_others_cost_only_their_month()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue((429, """{"status":"error","message":"Too many requests","error_type":"NetworkException"}"""));
        server.Answers.Enqueue((200, KiteServer.Candles(First)));
        server.Answers.Enqueue((400, """{"status":"error","message":"interval exceeds max limit","error_type":"InputException"}"""));

        Assert.Equal(
            [
                new DownloadResult("2024-08", DownloadState.Fetched, 1),
                new DownloadResult("2024-09", DownloadState.Failed, 0, "interval exceeds max limit"),
                new DownloadResult("2024-10", DownloadState.Absent),
            ],
            await DownloadAsync(server, Minute, August, August.AddMonths(3))
        );
    }

    [Fact]
    public async Task The_end_of_the_session_ends_the_download()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue(
            (403, """{"status":"error","message":"Incorrect `api_key` or `access_token`.","error_type":"TokenException"}""")
        );

        var refused = await Assert.ThrowsAsync<KiteException>(() => DownloadAsync(server, Minute, August, August.AddMonths(3)));

        Assert.True(refused.IsSessionOver);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Odd_candles_cost_only_themselves_and_are_told()
    {
        await using var server = await KiteServer.StartAsync(Ct);
        server.Answers.Enqueue(
            (
                200,
                KiteServer.Candles(
                    Second, // out of order
                    First.Replace("100.05", "99.6", StringComparison.Ordinal),
                    First, // the same time again, corrected
                    """["2024-08-01T09:17:00+0530",0,0,0,0,0]""",
                    """["yesterday",1,1,1,1,1]""",
                    "17"
                )
            )
        );

        var result = Assert.Single(await DownloadAsync(server, Minute, August, August.AddDays(1)));

        Assert.Equal((DownloadState.Fetched, 2L), (result.State, result.Rows));
        Assert.StartsWith("3 candles that make no sense were left out", result.Reason, StringComparison.Ordinal);
        Assert.Equal(100.05m, MarketTapeReader.Read([_home.Folder], new MarketTapeSettings(), null, Ct).Ticks[0].Price.ToDecimal());
    }

    private async Task<IReadOnlyList<DownloadResult>> DownloadAsync(KiteServer server, KiteInterval interval, DateOnly from, DateOnly to)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var time = new FakeTimeProvider(_now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        using var running = new Timer(_ => time.Advance(TimeSpan.FromMilliseconds(50)), null, 5, 5);
        var history = new KiteHistory(new KiteClient(http), new KiteCredentials("k", "t"), new DownloadSettings(), time);
        return await history.DownloadAsync(Infy, interval, from, to, _home.Folder, null, Ct);
    }
}
