using System.Globalization;
using System.Net;
using AITrader.MockMcp.Market;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.MockMcp.Tests;

public sealed class HistoryTests
{
    private const string Week = "from=2026-11-16+00:00:00&to=2026-11-20+23:59:59";

    [Fact]
    public async Task Longer_candles_are_the_sum_of_their_minutes()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var minutes = await CandlesAsync(kite, "minute", Week);
        Assert.Equal(5 * 375, minutes.Count);
        foreach (var (interval, length) in new[] { ("3minute", 3), ("5minute", 5), ("15minute", 15), ("60minute", 60) })
        {
            var candles = await CandlesAsync(kite, interval, Week);
            Assert.Equal(5 * ((375 + length - 1) / length), candles.Count);
            Assert.Equal(minutes.Sum(static row => row.Volume), candles.Sum(static row => row.Volume));
            Assert.Equal(Join(minutes.Take(length)), candles[0]);
        }

        var days = await CandlesAsync(kite, "day", Week);
        Assert.Equal(5, days.Count);
        Assert.Equal("2026-11-16T00:00:00+0530", days[0].Start);
        Assert.Equal(Join(minutes.Take(375)) with { Start = days[0].Start }, days[0]);
    }

    [Fact]
    public void The_past_ends_at_the_first_price_of_the_market_and_goes_on_without_a_gap()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 12, 0, 30, TimeSpan.FromHours(5.5)));
        var options = Options.Create(new MarketOptions());
        var recorder = new CandleRecorder();
        var market = new LiveMarket(new MarketBoard(), new MarketControl(), recorder, options, clock);
        for (var minute = 0; minute < 5; minute++)
        {
            market.Step(clock.GetUtcNow());
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var infy = Listing.All[0];
        var candles = new CandleHistory(recorder, options, clock).Of(
            infy,
            CandleInterval.Find("minute")!,
            new DateTime(2026, 12, 1, 11, 50, 0),
            new DateTime(2026, 12, 1, 13, 0, 0)
        );
        Assert.Equal(15, candles.Count);
        Assert.Equal(infy.BasePrice, candles[9].Close);
        Assert.Equal(infy.BasePrice, candles[10].Open);
        Assert.Equal(new DateTime(2026, 12, 1, 12, 4, 0), candles[^1].Start);
    }

    [Fact]
    public async Task The_same_seed_has_the_same_past()
    {
        await using var mock = await StartedAtNoonAsync();
        await using var again = await StartedAtNoonAsync();
        await using var other = await StartedAtNoonAsync(("Market:Seed", "7"));
        var kite = await KiteCaller.SignInAsync(mock);
        var past = await CandlesAsync(kite, "minute", Week);
        Assert.Equal(past, await CandlesAsync(await KiteCaller.SignInAsync(again), "minute", Week));
        Assert.NotEqual(past, await CandlesAsync(await KiteCaller.SignInAsync(other), "minute", Week));
        Assert.All(past, static row => Assert.True(row.Low <= Math.Min(row.Open, row.Close) && row.High >= Math.Max(row.Open, row.Close)));
        for (var i = 1; i < 375; i++)
        {
            Assert.Equal(past[i - 1].Close, past[i].Open);
        }
    }

    [Fact]
    public async Task What_the_market_showed_since_the_start_is_in_the_candles()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(5.5));
        await mock.StepAsync(50);
        var volume = (await kite.GetAsync("quote?i=NSE:INFY")).GetProperty("NSE:INFY");
        var last = volume.GetProperty("last_price").GetDecimal();
        var from = now.AddMinutes(-1).ToString("yyyy-MM-dd+HH:mm:00", CultureInfo.InvariantCulture);
        var to = now.AddMinutes(2).ToString("yyyy-MM-dd+HH:mm:00", CultureInfo.InvariantCulture);
        var candles = await CandlesAsync(kite, "minute", $"from={from}&to={to}");
        Assert.Equal(last, candles[^1].Close);
        Assert.True(candles.Sum(static row => row.Volume) >= volume.GetProperty("volume").GetInt64());
    }

    [Theory]
    [InlineData("408065/minute", "from=2026-01-01+00:00:00&to=2026-03-10+00:00:00", "interval exceeds max limit: 60 days")]
    [InlineData("408065/60minute", "from=2024-01-01+00:00:00&to=2026-03-10+00:00:00", "interval exceeds max limit: 400 days")]
    [InlineData("408065/2minute", Week, "Invalid `interval`.")]
    [InlineData("1/day", Week, "invalid token")]
    [InlineData("408065/day", "from=2026-11-20+00:00:00&to=2026-11-16+00:00:00", "from date cannot be after to date")]
    [InlineData("408065/day", "from=16-11-2026&to=2026-11-16", "invalid from date")]
    [InlineData("408065/day", Week + "&continuous=1", "continuous data is available for day candles of futures only")]
    public async Task Refuses_what_kite_refuses(string path, string range, string message)
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (status, body) = await kite.SendAsync(HttpMethod.Get, $"instruments/historical/{path}?{range}");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "InputException", message),
            (status, body.GetProperty("error_type").GetString(), body.GetProperty("message").GetString())
        );
    }

    [Fact]
    public async Task Open_interest_is_a_seventh_number_where_it_is_asked_for()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var data = await kite.GetAsync($"instruments/historical/408065/day?{Week}&oi=1");
        Assert.Equal(7, data.GetProperty("candles")[0].GetArrayLength());
    }

    // The past leads up to the minute in which the market started.
    private static async Task<MockExchange> StartedAtNoonAsync(params (string Key, string Value)[] settings)
    {
        var mock = await MockExchange.StartStillAsync(settings);
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-01T12:00:01+05:30")}", TestContext.Current.CancellationToken);
        await mock.StepAsync();
        return mock;
    }

    private static async Task<List<Row>> CandlesAsync(KiteCaller kite, string interval, string range) =>
        [
            .. (await kite.GetAsync($"instruments/historical/408065/{interval}?{range}"))
                .GetProperty("candles")
                .EnumerateArray()
                .Select(static row => new Row(
                    row[0].GetString()!,
                    row[1].GetDecimal(),
                    row[2].GetDecimal(),
                    row[3].GetDecimal(),
                    row[4].GetDecimal(),
                    row[5].GetInt64()
                )),
        ];

    private static Row Join(IEnumerable<Row> rows)
    {
        var all = rows.ToList();
        return new Row(
            all[0].Start,
            all[0].Open,
            all.Max(static row => row.High),
            all.Min(static row => row.Low),
            all[^1].Close,
            all.Sum(static row => row.Volume)
        );
    }

    private sealed record Row(string Start, decimal Open, decimal High, decimal Low, decimal Close, long Volume);
}
