using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Strategies;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Data;
using AITrader.Strategies.Exits;
using AITrader.Strategies.Orders;

namespace AITrader.Backtesting.Tests.Exits;

/// <summary>Does at a tick what a test wants, with the exits that it asks for.</summary>
internal sealed class ExitStrategy : Strategy
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    internal string Symbol { get; init; } = "BTCUSDT";

    /// <summary>Asks for exits.</summary>
    internal required Action<ExitStrategy> Start { get; init; }

    /// <summary>What it does with a tick.</summary>
    internal required Action<ExitStrategy, Tick> Act { get; init; }

    /// <summary>What it does with a bar.</summary>
    internal Action<ExitStrategy> ActOnBar { get; init; } = static _ => { };

    internal BarFeed Feed { get; private set; } = null!;

    internal Line Range { get; private set; } = null!;

    internal ExitRules Rules => Exits;

    internal OrderFactory Trading => Orders;

    internal PositionSizer Sizes => Sizing;

    internal IPortfolio Account => Portfolio;

    protected override void OnStart()
    {
        Data.Ticks(Symbol);
        Feed = Data.Bars(Symbol, Ten);
        Range = Feed.Atr(2);
        Start(this);
    }

    protected override void OnTick(Tick tick) => Act(this, tick);

    protected override void OnBar(BarFeed feed, in Bar bar) => ActOnBar(this);

    /// <summary>A trade a second with plenty on both sides, 0.1 around it.</summary>
    internal static MarketTape Seconds(params decimal[] prices) => Seconds(Tapes.Start, prices);

    internal static MarketTape Seconds(long start, params decimal[] prices) =>
        Tapes.Of(prices.Select((price, i) => Tapes.Trade(start + (i * Tapes.Second), price, size: 1_000m)));

    /// <summary>The same price again and again, then others.</summary>
    internal static decimal[] Steady(int count, params decimal[] then) => [.. Enumerable.Repeat(100m, count), .. then];

    /// <summary>Buys one at a tick.</summary>
    internal static Action<ExitStrategy, Tick> BuyAt(long seq, decimal quantity = 1m) =>
        (strategy, tick) =>
        {
            if (tick.Seq == seq)
            {
                strategy.Trading.Buy(strategy.Symbol, quantity, "entry");
            }
        };

    internal static BacktestResult Run(MarketTape tape, Action<ExitStrategy> start, Action<ExitStrategy, Tick> act) =>
        Run(tape, new ExitStrategy { Start = start, Act = act });

    internal static BacktestResult Run(MarketTape tape, ExitStrategy strategy, InstrumentCatalogue? instruments = null) =>
        Backtest.Run(
            tape,
            strategy,
            "test",
            new BacktestSettings { Instruments = instruments ?? InstrumentCatalogue.Default },
            null,
            TestContext.Current.CancellationToken
        );

    /// <summary>Side, price, tick and name of each execution.</summary>
    internal static (Side, decimal, long, string)[] Fills(BacktestResult result) =>
        [
            .. result.Fills.Select(fill =>
                (fill.Side, fill.Price, fill.Seq, result.Orders.Single(order => order.Id == fill.OrderId).Request.Origin)
            ),
        ];
}
