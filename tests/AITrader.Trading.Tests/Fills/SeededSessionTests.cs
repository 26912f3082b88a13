using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Market;

namespace AITrader.Trading.Tests.Fills;

/// <summary>A model with everything drawn: the same seed gives the same fills, however the events come in.</summary>
public sealed class SeededSessionTests
{
    private const int Ticks = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_fills_and_another_seed_others(int session)
    {
        var first = Run(session, Model(5), reversed: false, disturbed: false);
        Assert.True(first.Count > 50, $"{first.Count} fills");
        Assert.Equal(first, Run(session, Model(5), reversed: false, disturbed: false));
        Assert.NotEqual(first, Run(session, Model(6), reversed: false, disturbed: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Neither_the_order_of_submissions_nor_other_markets_change_a_fill(int session)
    {
        var first = Run(session, Model(5), reversed: false, disturbed: false);
        Assert.Equal(first, Run(session, Model(5), reversed: true, disturbed: false));
        Assert.Equal(first, Run(session, Model(5), reversed: false, disturbed: true));
    }

    private static FillModel Model(ulong seed) =>
        new()
        {
            Seed = seed,
            WalksBook = true,
            KeepsQueue = true,
            RejectRate = 0.1,
            PartialRate = 0.3,
            Latency = new(
                new LatencyProfile.Constant(TimeSpan.FromMilliseconds(2)),
                new LatencyProfile.LogNormal(TimeSpan.FromMilliseconds(20), 0.7),
                MeasuredLatency.TryParse("0,1\n1,9", out _)!
            ),
        };

    private static List<string> Run(int session, FillModel model, bool reversed, bool disturbed)
    {
        var random = new Random(session);
        var limits = Trading.Risk.RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue };
        var desk = new TradingDesk(Make.Settings(limits) with { Model = model }, new(100_000_000m)) { IsReconciled = true };
        var fills = new List<string>();
        var mid = 1_000;
        for (var seq = 1; seq <= Ticks; seq++)
        {
            mid += random.Next(-2, 3);
            var (tick, book) = Tick(random, seq * 2, mid);
            var orders = Enumerable.Range(0, 2).Select(number => Request(random, (seq * 2) + number, tick, mid)).ToList();
            if (disturbed)
            {
                desk.OnTick(Make.Quote((seq * 2) - 1, seq * 0.02, 9m, 11m, symbol: "ETHUSDT"));
                desk.Submit(Make.Market(1_000_000 + seq, Side.Buy, 1m, seq * 0.02) with { Symbol = "ETHUSDT" }, false);
            }

            Keep(desk.OnTick(tick, book), fills);
            foreach (var order in reversed ? orders.AsEnumerable().Reverse() : orders)
            {
                desk.Submit(order, false);
            }
        }

        return fills;
    }

    private static (Tick Tick, IBookView Book) Tick(Random random, long seq, int mid)
    {
        var at = seq * 0.01;
        var book = new BookLevels(
            Make.At(at),
            [.. Enumerable.Range(0, 4).Select(step => Level((mid - 2 - step) * 0.1m, random.Next(1, 5)))],
            [.. Enumerable.Range(0, 4).Select(step => Level((mid + 2 + step) * 0.1m, random.Next(1, 5)))]
        );
        return random.Next(3) == 0
            ? (Make.Trade(seq, at, (mid + random.Next(-4, 5)) * 0.1m, random.Next(1, 6)), book)
            : (Make.Quote(seq, at, (mid - 2) * 0.1m, (mid + 2) * 0.1m, random.Next(1, 5)), book);
    }

    private static OrderRequest Request(Random random, int id, Tick tick, int mid)
    {
        var (side, quantity) = (random.Next(2) == 0 ? Side.Buy : Side.Sell, (decimal)random.Next(1, 9));
        var at = (tick.Timestamp - Make.Start).TotalSeconds;
        return random.Next(2) == 0
            ? Make.Market(id, side, quantity, at, seq: tick.Seq)
            : Make.Limit(id, side, quantity, (mid + random.Next(-4, 5)) * 0.1m, at, seq: tick.Seq);
    }

    private static void Keep(IReadOnlyList<TradingOutcome> outcomes, List<string> fills) =>
        fills.AddRange(
            outcomes
                .Where(static outcome => outcome.Fill is { Symbol: Make.Symbol })
                .Select(static outcome =>
                    $"{outcome.Fill!.OrderId} {outcome.Fill.ExecId} {outcome.Fill.Quantity}@{outcome.Fill.Price} {outcome.KnownAt:O}"
                )
        );

    private static BookLevel Level(decimal price, decimal size) => new(Price.Of(price), Quantity.Of(size));
}
