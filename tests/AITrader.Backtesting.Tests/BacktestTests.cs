using AITrader.Backtesting.Runs;
using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Strategies;
using AITrader.Strategies.Data;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Orders;
using AITrader.Trading.Fills;

namespace AITrader.Backtesting.Tests;

public sealed class BacktestTests
{
    private static readonly BacktestSettings Settings = new();

    [Fact]
    public void An_order_is_filled_at_the_next_tick_after_the_latency_and_booked_to_the_cent()
    {
        var tape = Tapes.Of([
            Tapes.Trade(Tapes.Start, 100m),
            Tapes.Trade(Tapes.Start + 10_000, 101m), // within the 50 ms of latency
            Tapes.Trade(Tapes.Start + 60_000, 102m),
            Tapes.Trade(Tapes.Start + Tapes.Second, 110m),
        ]);

        var result = Run(tape, new BuyOnce());

        var fill = Assert.Single(result.Fills);
        Assert.Equal((102.1m, 0.5m, 3L), (fill.Price, fill.Quantity, fill.Seq));
        Assert.Equal(OrderStatus.Filled, Assert.Single(result.Orders).State.Status);
        Assert.Equal(100_000m - (0.5m * 102.1m) - fill.Fee + (0.5m * 110m), result.FinalEquity);
        Assert.Equal(result.StartingCash + result.Realised + result.Unrealised - result.Fees, result.FinalEquity);
    }

    [Fact]
    public void Handlers_are_called_in_the_order_of_events()
    {
        var strategy = new Recorder();
        Run(Tapes.Of([Tapes.Trade(Tapes.Start, 100m), Tapes.Trade(Tapes.Start + (61 * Tapes.Second), 101m)]), strategy);

        string[] expected =
        [
            "start 00:00:00",
            "tick 100 00:00:00",
            "order Submitted 00:00:00",
            "timer 00:00:30",
            "bar 100 00:01:00",
            "order Accepted 00:01:01",
            "order Filled 00:01:01",
            "fill 101.1 00:01:01",
            "tick 101 00:01:01",
            "stop 00:01:01",
        ];
        Assert.Equal(expected, strategy.Calls);
    }

    [Fact]
    public void The_same_input_gives_the_same_result()
    {
        var tape = Tapes.Walk(3, 20_000);
        var (first, second) = (Run(tape, new EmaCross()), Run(tape, new EmaCross()));

        Assert.NotEmpty(first.Fills);
        Assert.Equal(first.Run, second.Run);
        Assert.Equal(first.Fills, second.Fills);
        Assert.Equal(first.Equity, second.Equity);
        Assert.NotEqual(first.Run, Run(tape, new EmaCross { Options = { Fast = 9 } }).Run);
    }

    // What is placed up to a moment must not depend on what comes after it.
    [Theory]
    [InlineData("ema-cross")]
    [InlineData("vwap-reversion")]
    [InlineData("opening-range")]
    public void Nothing_is_decided_with_data_that_comes_later(string name)
    {
        var tape = Tapes.Walk(5, 20_000);
        var whole = Run(tape, ExampleStrategies.All[name]()).Orders;
        Assert.NotEmpty(whole);
        foreach (var length in (int[])[5_000, 9_999, 15_001])
        {
            var part = Run(tape.Slice(0, length), ExampleStrategies.All[name]()).Orders;
            var expected = whole.TakeWhile(order => order.Request.Seq < length).Select(Essence);
            Assert.Equal(expected, part.Where(order => order.Request.Seq < length).Select(Essence));
        }

        static (Side, decimal, DateTimeOffset, long) Essence(Order order) =>
            (order.Request.Side, order.Request.Quantity, order.Request.EventTime, order.Request.Seq);
    }

    [Fact]
    public void Equity_is_starting_cash_and_profit_at_every_point()
    {
        var result = Run(Tapes.Walk(7, 30_000), new EmaCross { Options = { Fast = 3, Slow = 8 } });

        Assert.True(result.Fills.Count > 10);
        Assert.Equal(result.StartingCash + result.Realised + result.Unrealised - result.Fees, result.FinalEquity);
        Assert.Equal(result.StartingCash, result.Equity[0].Equity);
        Assert.Equal(result.Realised, result.Tags.Sum(static tag => tag.Realised));
        Assert.Equal(result.Fees, result.Tags.Sum(static tag => tag.Fees));
        Assert.Equal(["cross down", "cross up"], result.Tags.Select(static tag => tag.Tag));
        Assert.All(result.Equity.Zip(result.Equity.Skip(1)), static pair => Assert.True(pair.First.Time < pair.Second.Time));
    }

    [Fact]
    public void Signals_are_those_of_the_pattern_engine()
    {
        var strategy = new SignalRecorder();
        Run(Tapes.Walk(11, 30_000), strategy);

        Assert.NotEmpty(strategy.Signals);
        Assert.All(strategy.Signals, static signal => Assert.Equal("BTCUSDT", signal.Symbol));
        Assert.Contains(strategy.Signals, static signal => signal.Pattern == "breakout");
    }

    [Fact]
    public void What_a_strategy_throws_ends_the_run_and_is_told_with_the_moment()
    {
        var problem = Assert.Throws<BacktestException>(() => Run(Tapes.Walk(1, 10), new Thrower()));
        Assert.Equal("test failed at 2024-08-09T00:00:00.0000000+00:00: InvalidOperationException: no idea", problem.Message);
    }

    [Fact]
    public void Amounts_of_another_currency_are_refused()
    {
        var tape = Tapes.Of([Tapes.Trade(Tapes.Start, 100m)], "BTCUSDT");
        var problem = Assert.Throws<BacktestException>(() =>
            Backtest.Run(tape, new EmaCross(), "test", Settings with { Currency = "INR" }, null, TestContext.Current.CancellationToken)
        );
        Assert.StartsWith("BTCUSDT is quoted in USDT, the account is in INR", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Backtest.Run(Tapes.Walk(1, 10), new EmaCross(), "test", Settings, null, cancel.Token)
        );
    }

    [Fact]
    public void Rejects_and_partial_fills_follow_from_the_seed()
    {
        var tape = Tapes.Walk(3, 20_000);
        var model = FillModel.Touch with { RejectRate = 0.5, PartialRate = 0.5 };
        var (one, again, other) = (Run(model with { Seed = 1 }), Run(model with { Seed = 1 }), Run(model with { Seed = 2 }));

        Assert.Contains(one.Orders, static order => order.State.Status == OrderStatus.Rejected);
        Assert.Equal(one.Fills, again.Fills);
        Assert.NotEqual(one.Run, other.Run);
        Assert.NotEqual(one.FinalEquity, other.FinalEquity);

        BacktestResult Run(FillModel chosen) =>
            Backtest.Run(tape, new EmaCross(), "test", Settings with { Model = chosen }, null, TestContext.Current.CancellationToken);
    }

    private static BacktestResult Run(Data.MarketTape tape, Strategy strategy) =>
        Backtest.Run(tape, strategy, "test", Settings, null, TestContext.Current.CancellationToken);

    private sealed class BuyOnce : Strategy
    {
        private bool _done;

        protected override void OnStart() => Data.Ticks("BTCUSDT");

        protected override void OnTick(Tick tick)
        {
            if (!_done)
            {
                _done = Orders.Buy("BTCUSDT", 0.5m) is not null;
            }
        }
    }

    private sealed class Recorder : Strategy
    {
        internal List<string> Calls { get; } = [];

        protected override void OnStart()
        {
            Data.Ticks("BTCUSDT");
            Data.Bars("BTCUSDT", TimeSpan.FromMinutes(1));
            Timers.Every(TimeSpan.FromSeconds(30), "half");
            Add("start");
        }

        protected override void OnTick(Tick tick)
        {
            Add($"tick {tick.Price}");
            if (tick.Seq == 1)
            {
                Orders.Buy("BTCUSDT", 1m);
            }
        }

        protected override void OnBar(BarFeed feed, in Bar bar) => Add($"bar {bar.Trade.Close}");

        protected override void OnOrder(OrderUpdate update) => Add($"order {update.Status}");

        protected override void OnFill(Fill fill) => Add($"fill {fill.Price}");

        // The one at the end of the minute comes after the bar: both are of that moment.
        protected override void OnTimer(string name)
        {
            if (Now.Second == 30)
            {
                Add("timer");
            }
        }

        protected override void OnStop() => Add("stop");

        private void Add(string what) => Calls.Add(string.Create(null, $"{what} {Now:HH:mm:ss}"));
    }

    private sealed class SignalRecorder : Strategy
    {
        internal List<Signal> Signals { get; } = [];

        protected override void OnStart() => Data.Signals("BTCUSDT");

        protected override void OnSignal(Signal signal) => Signals.Add(signal);
    }

    private sealed class Thrower : Strategy
    {
        protected override void OnStart() => Data.Ticks("BTCUSDT");

        protected override void OnTick(Tick tick) => throw new InvalidOperationException("no idea");
    }
}
