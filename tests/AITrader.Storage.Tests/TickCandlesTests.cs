using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Tests;

/// <summary>Candles of stored ticks. Every test has days of its own.</summary>
public sealed class TickCandlesTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candle_is_made_in_the_order_of_time_and_number_with_exact_sums()
    {
        var start = new DateTimeOffset(2009, 1, 5, 10, 0, 0, TimeSpan.Zero);
        await StoreAsync([
            Trade(5, 101.000000001m, 0.00000001m, start.AddSeconds(59.999999)), // the last of the minute, though stored first
            Trade(1, 100m, 0.1m, start),
            Trade(2, 99.5m, 0.2m, start), // at the same microsecond: the number decides
            Trade(4, 98.25m, 0.3m, start.AddSeconds(30)),
            Trade(3, 102m, 0.4m, start.AddSeconds(29)),
            Trade(6, 97m, 1m, start.AddSeconds(60)), // the first of the next minute
            Trade(7, 500m, 1m, start.AddMinutes(5)) with
            {
                Kind = TickKind.Quote,
                Volume = Quantity.Of(0),
            },
        ]);

        var page = await ReadAsync(Query(start, start.AddHours(1)));

        Assert.Equal(
            [
                new Candle(start, 100m, 102m, 98.25m, 101.000000001m, 1.00000001m, 100.17500101m, 5),
                new Candle(start.AddMinutes(1), 97m, 97m, 97m, 97m, 1m, 97m, 1),
            ],
            page.Candles
        );
        Assert.Equal(("candles", TickKind.Trade, 6L, null), (page.Run, page.Kind, page.LastSeq, page.Previous));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    public async Task Pages_join_over_days_without_gap_or_overlap(int limit)
    {
        var start = new DateTimeOffset(2008, 1 + (limit % 12), 1, 22, 0, 0, TimeSpan.Zero);
        var random = new Random(limit);
        var (at, ticks) = (start, new List<Tick>());
        for (var seq = 1; seq <= 300; seq++)
        {
            at += random.Next(10) switch
            {
                < 5 => TimeSpan.FromSeconds(random.Next(1, 20)),
                < 9 => TimeSpan.FromMinutes(random.Next(1, 9)),
                _ => TimeSpan.FromHours(random.Next(1, 9)),
            };
            ticks.Add(Trade(seq, 100 + random.Next(1000) / 100m, random.Next(1, 1000) / 1000m, at) with { Run = $"pages-{limit}" });
        }

        await StoreAsync(ticks);
        var whole = await ReadAsync(Query(start, at.AddDays(1)) with { Run = null, Limit = 5000 });
        Assert.Equal(
            ticks.GroupBy(static tick => tick.Timestamp.UtcTicks / Minute.Ticks).Select(static minute => Expected([.. minute])),
            whole.Candles
        );
        Assert.Equal(($"pages-{limit}", 300L, null), (whole.Run, whole.LastSeq, whole.Previous));

        var (paged, until) = (new List<Candle>(), (DateTimeOffset?)at.AddDays(1));
        while (until is { } end)
        {
            var page = await ReadAsync(Query(start, end) with { Run = $"pages-{limit}", Limit = limit });
            Assert.True(page.Candles.Count == limit || page.Previous is null);
            paged.InsertRange(0, page.Candles);
            until = page.Previous;
        }

        Assert.Equal(whole.Candles, paged);
    }

    [Fact]
    public async Task The_edges_of_a_range_cut_the_candle_that_they_lie_in()
    {
        var start = new DateTimeOffset(2007, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await StoreAsync(Enumerable.Range(1, 180).Select(seq => Trade(seq, seq, 1m, start.AddSeconds(seq - 1)) with { Run = "edges" }));

        var page = await ReadAsync(Query(start.AddSeconds(30), start.AddSeconds(150)) with { Run = "edges" });

        Assert.Equal(
            [(30L, 31m, 60m), (60L, 61m, 120m), (30L, 121m, 150m)],
            page.Candles.Select(static candle => (candle.Ticks, candle.Open, candle.Close))
        );
        Assert.Equal(150L, page.LastSeq);
        Assert.Equal(start.AddMinutes(2), page.Candles[^1].Time);
        Assert.Equal(
            180L,
            Assert
                .Single((await ReadAsync(Query(start, start.AddDays(2)) with { Run = "edges", Interval = TimeSpan.FromDays(1) })).Candles)
                .Ticks
        );
    }

    [Fact]
    public async Task Quotes_make_candles_of_their_mids_where_there_is_no_trade()
    {
        var start = new DateTimeOffset(2006, 3, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync(
            Enumerable
                .Range(1, 4)
                .Select(seq => Trade(seq, 10m * seq, 0m, start.AddSeconds(seq)) with { Run = "quotes", Kind = TickKind.Quote })
        );

        var page = await ReadAsync(Query(start, start.AddDays(1)) with { Run = null, Kind = null });
        Assert.Equal((TickKind.Quote, "quotes"), (page.Kind, page.Run));
        Assert.Equal(new Candle(start, 10m, 40m, 10m, 40m, 0m, 0m, 4), Assert.Single(page.Candles));

        Assert.Empty((await ReadAsync(Query(start, start.AddDays(1)) with { Run = "quotes", Kind = TickKind.Trade })).Candles);
        var none = await ReadAsync(Query(start, start.AddDays(1)) with { Symbol = "NOPE", Run = null, Kind = null });
        Assert.Equal((null, null, null), (none.Run, none.Kind, none.LastSeq));
    }

    [Fact]
    public async Task What_was_recorded_live_goes_before_a_replay_unless_that_is_named()
    {
        var start = new DateTimeOffset(2005, 3, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync([Trade(1, 50m, 1m, start) with { Run = "replayed" }]);
        await StoreAsync([Trade(7_000_000, 60m, 1m, start.AddSeconds(1)) with { Run = string.Empty }]);

        Assert.Equal(60m, Assert.Single((await ReadAsync(Query(start, start.AddDays(1)) with { Run = null })).Candles).Open);
        Assert.Equal(50m, Assert.Single((await ReadAsync(Query(start, start.AddDays(1)) with { Run = "replayed" })).Candles).Open);
    }

    private static CandleQuery Query(DateTimeOffset from, DateTimeOffset until) =>
        new("BTCUSDT", Minute, from, until, "candles", null, 500);

    private static Tick Trade(long seq, decimal price, decimal volume, DateTimeOffset at) =>
        Samples.Tick(seq, "candles", at: at) with
        {
            Kind = TickKind.Trade,
            Price = Price.Of(price),
            Volume = Quantity.Of(volume),
        };

    private static Candle Expected(Tick[] ticks) =>
        new(
            new DateTimeOffset(ticks[0].Timestamp.UtcTicks / Minute.Ticks * Minute.Ticks, TimeSpan.Zero),
            ticks[0].Price,
            ticks.Max(static tick => tick.Price),
            ticks.Min(static tick => tick.Price),
            ticks[^1].Price,
            ticks.Sum(static tick => tick.Volume),
            ticks.Sum(static tick => tick.Price * tick.Volume),
            ticks.Length
        );

    private Task<CandlePage> ReadAsync(CandleQuery query) => storage.Services.GetRequiredService<ITickCandles>().ReadAsync(query, Ct);

    private Task<int> StoreAsync(IEnumerable<Tick> ticks) => storage.Ticks.AppendAsync([.. ticks], "stream", "1-0", Ct);
}
