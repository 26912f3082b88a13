using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Accounts;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Tests.Support;

/// <summary>A seeded market and the orders that a strategy would send, and what must come of them.</summary>
internal sealed class Session
{
    public const string Symbol = "BTCUSDT";

    private static readonly DateTimeOffset Start = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    private Session(string run, List<Tick> ticks, SortedDictionary<long, List<OrderMessage>> orders) =>
        (Run, Ticks, Orders) = (run, ticks, orders);

    public string Run { get; }

    public List<Tick> Ticks { get; }

    /// <summary>Orders by the tick that causes them.</summary>
    public SortedDictionary<long, List<OrderMessage>> Orders { get; }

    public static Session Random(string run, int seed, int count = 400)
    {
        var random = new Random(seed);
        var ticks = new List<Tick>();
        var orders = new SortedDictionary<long, List<OrderMessage>>();
        var mid = 600_000;
        for (var seq = 1; seq <= count; seq++)
        {
            mid += random.Next(-3, 4);
            ticks.Add(
                random.Next(4) == 0
                    ? Trade(run, seq, seq * 0.02, (mid + random.Next(-6, 7)) * 0.1m, random.Next(1, 30) * 0.1m)
                    : Quote(run, seq, seq * 0.02, (mid - 2) * 0.1m, (mid + 2) * 0.1m, random.Next(1, 6) * 0.1m)
            );
            // What the very last tick causes is taken after the replay's end.
            if (random.Next(9) == 0 && seq < count)
            {
                orders[seq] = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Order(random, run, seq, mid))];
                if (random.Next(3) == 0)
                {
                    var known = orders.Values.SelectMany(static all => all).Where(static order => order.Event == "NEW").ToList();
                    orders[seq].Add(Request(random, known[random.Next(known.Count)], seq, mid));
                }
            }
        }

        return new Session(run, ticks, orders);
    }

    public static Tick Quote(string run, long seq, double at, decimal bid, decimal ask, decimal size) =>
        new()
        {
            Symbol = Symbol,
            Price = Price.Of((bid + ask) / 2m),
            Volume = Quantity.Of(0m),
            Timestamp = At(at),
            Kind = TickKind.Quote,
            Bid = Price.Of(bid),
            BidSize = Quantity.Of(size),
            Ask = Price.Of(ask),
            AskSize = Quantity.Of(size),
            Source = "test",
            Seq = seq,
            Run = run,
        };

    public static Tick Trade(string run, long seq, double at, decimal price, decimal volume) =>
        new()
        {
            Symbol = Symbol,
            Price = Price.Of(price),
            Volume = Quantity.Of(volume),
            Timestamp = At(at),
            Kind = TickKind.Trade,
            Source = "test",
            Seq = seq,
            Run = run,
        };

    public static OrderMessage New(
        Guid id,
        string run,
        long seq,
        double at,
        Side side,
        decimal quantity,
        decimal? limit = null,
        string force = "GTC"
    ) =>
        new()
        {
            Id = id,
            ClientOrderId = id,
            Symbol = Symbol,
            Side = side,
            Quantity = quantity,
            Price = limit,
            Type = limit is null ? "MARKET" : "LIMIT",
            TimeInForce = force,
            Event = "NEW",
            DecisionId = DeterministicId.Create("test-decision", id.ToString()),
            Origin = "ema_cross",
            Timestamp = At(at),
            Seq = seq,
            Run = run,
        };

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    /// <summary>What a desk of its own makes of it: the expectation.</summary>
    public (TradingDesk Desk, List<TradingOutcome> Outcomes) Expect(DateTimeOffset? before = null)
    {
        var terms = new Instrument(Symbol, "BINANCE", "USDT", 0.1m, 0.001m, 4m);
        var settings = new TradingSettings(
            symbol => symbol == Symbol ? terms : null,
            RiskLimits.Default,
            FillRules.Default,
            static (order, tick) => DeterministicId.Execution(order, tick, 0)
        );
        var desk = new TradingDesk(settings, new AccountLedger(1_000_000m)) { IsReconciled = true };
        var outcomes = new List<TradingOutcome>();
        foreach (var tick in Ticks.TakeWhile(tick => !(tick.Timestamp >= before)))
        {
            outcomes.AddRange(desk.OnTick(tick.ToBookable()));
            foreach (var message in Orders.GetValueOrDefault(tick.Seq, []))
            {
                outcomes.AddRange(Take(desk, message));
            }
        }

        return (desk, outcomes);
    }

    private static IReadOnlyList<TradingOutcome> Take(TradingDesk desk, OrderMessage message) =>
        message.Event switch
        {
            "MODIFY" => desk.Modify(message.Id, message.ToChange(desk)),
            "CANCEL" => desk.Cancel(message.Id, $"CANCEL_REQUESTED by={message.Origin}"),
            _ when message.TakeProfit is { } profit => desk.Submit(
                Bracket.Around(message.ToRequest(desk)!, profit, message.StopLoss!.Value),
                false
            ),
            _ => [desk.Submit(message.ToRequest(desk)!, false)],
        };

    // A change or a cancel of an order that may be done by then.
    private static OrderMessage Request(Random random, OrderMessage order, int seq, int mid) =>
        order with
        {
            Event = random.Next(3) == 0 ? "CANCEL" : "MODIFY",
            ClientOrderId = DeterministicId.Create("test-request", $"{order.Id}/{seq}"),
            Quantity = order.Quantity + random.Next(0, 3) * 0.1m,
            Price = order.Price is null ? null : (mid + random.Next(-8, 9)) * 0.1m,
            Timestamp = At(seq * 0.02),
            Seq = seq,
        };

    private static OrderMessage Order(Random random, string run, int seq, int mid)
    {
        var id = DeterministicId.Create("test-order", $"{run}/{seq}/{random.Next()}");
        var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var force = new[] { "DAY", "GTC", "IOC", "FOK" }[random.Next(4)];
        var limit = random.Next(2) == 0 ? (decimal?)null : (mid + random.Next(-8, 9)) * 0.1m;
        var order = New(id, run, seq, seq * 0.02, side, random.Next(1, 900) * 0.001m, limit, force);
        return random.Next(3) == 0 ? WithConditions(random, order, mid) : order;
    }

    private static OrderMessage WithConditions(Random random, OrderMessage order, int mid)
    {
        var (near, far) = ((mid + random.Next(-6, 7)) * 0.1m, 3m * (order.Side == Side.Buy ? 1 : -1));
        var stop = order with
        {
            Type = "STOP",
            Price = null,
            TimeInForce = "GTC",
            Conditions = new OrderConditions { TriggerPrice = near },
        };
        return random.Next(7) switch
        {
            0 => stop,
            1 => stop with { Type = "STOP_LIMIT", Price = near },
            2 => stop with { Type = "MARKET_IF_TOUCHED" },
            3 => stop with
            {
                Type = "TRAILING_STOP",
                Conditions = new OrderConditions { TrailingAmount = 0.5m },
            },
            4 => order with
            {
                Type = "ICEBERG",
                Price = near,
                TimeInForce = "GTC",
                Conditions = new OrderConditions { DisplayQuantity = 0.001m },
            },
            5 => order with
            {
                TimeInForce = "GTC",
                Conditions = new OrderConditions { ReduceOnly = true },
            },
            _ => order with { TimeInForce = "GTC", TakeProfit = (mid * 0.1m) + far, StopLoss = (mid * 0.1m) - far },
        };
    }
}
