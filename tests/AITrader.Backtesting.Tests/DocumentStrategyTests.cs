using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Domain.Orders;
using AITrader.Strategies;
using AITrader.Strategies.Documents;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
using AITrader.Strategies.Options;
using AITrader.TestSupport;

namespace AITrader.Backtesting.Tests;

public sealed class DocumentStrategyTests
{
    private static readonly string Averages = Path.Combine(SharedData.RepositoryRoot, "strategies", "averages.json");

    [Theory]
    [InlineData("10", "30")]
    [InlineData("3", "8")]
    public void A_document_gives_the_fills_of_the_class_that_says_the_same(string fast, string slow)
    {
        var tape = Tapes.Walk(9, 40_000);
        var (document, example) = (DocumentStrategy.Load(Averages), new EmaCross());
        foreach (var strategy in (Strategy[])[document, example])
        {
            Assert.Null(StrategyOptions.TrySet(strategy, "fast", fast));
            Assert.Null(StrategyOptions.TrySet(strategy, "slow", slow));
        }

        var (left, right) = (Run(tape, document), Run(tape, example));
        Assert.True(left.Fills.Count > 5);
        Assert.Equal(right.Fills.Select(Essence), left.Fills.Select(Essence));
        Assert.Equal(right.FinalEquity, left.FinalEquity);

        static (DateTimeOffset, Side, decimal, decimal) Essence(Fill fill) => (fill.Timestamp, fill.Side, fill.Quantity, fill.Price);
    }

    // A search goes on from its log by the ids of runs: what was changed must not be answered from there.
    [Fact]
    public void A_document_that_was_changed_is_another_run()
    {
        const string Rules = """ "bars": 60, "long": { "enter": { "less": ["close", 1] }, "exit": { "less": ["close", 1] } } """;
        var tape = Tapes.Walk(1, 10);
        var (one, other) = (Run(tape, Of("0.5")), Run(tape, Of("0.6")));
        Assert.NotEqual(one.Run, other.Run);
        Assert.Equal(one.Run, Run(tape, Of("0.5")).Run);

        static DocumentStrategy Of(string weight) => Parse($$"""{ "name": "x", "weight": {{weight}}, {{Rules}} }""");
    }

    // 1 %: the entry at 100.1 follows the close of 100, and the price runs up to the target or down to the stop.
    [Theory]
    [InlineData("\"stopBps\": 100, \"targetBps\": 100", 1, "101")]
    [InlineData("\"stopBps\": 100, \"targetBps\": 100", -1, "98.65")]
    [InlineData("\"stopBps\": 100", -1, "98.65")]
    [InlineData("\"targetBps\": 100", 1, "101")]
    public void A_stop_and_a_target_close_the_position_within_a_bar(string ends, int direction, string exit)
    {
        var strategy = Parse(
            $$"""{ "name": "x", "bars": 60, {{ends}}, "weight": 0.5, "long": { "enter": { "greater": ["close", 99] }, "exit": { "less": ["close", 1] } } }"""
        );
        var ticks = Enumerable
            .Range(0, 200)
            .Select(i =>
                Tapes.Trade(
                    Tapes.Start + (i * Tapes.Second),
                    i <= 62 ? 100m : 100m + (direction * Math.Min(3m, (i - 62) * 0.25m)),
                    size: 10_000m
                )
            );
        var result = Run(Tapes.Of(ticks), strategy);

        Assert.True(result.Fills.Count >= 2);
        Assert.Equal((Side.Buy, 100.1m), (result.Fills[0].Side, result.Fills[0].Price));
        Assert.Equal((Side.Sell, decimal.Parse(exit, null)), (result.Fills[1].Side, result.Fills[1].Price));
        Assert.Equal(result.Fills[0].Quantity, result.Fills[1].Quantity);
    }

    [Theory]
    [InlineData("""{ "bars": 60 }""", "$: name is missing")]
    [InlineData("""{ "name": 3 }""", "$.name: must be a text")]
    [InlineData("""{ "name": "x", "colour": 1 }""", "$: 'colour' is not known here")]
    [InlineData("""{ "name": "x", "parameters": { "a": "b" } }""", "$.parameters.a: must be a number")]
    [InlineData("""[]""", "$: must be an object")]
    [InlineData("{ \"name\": \"x\",\n \"bars\": }", "test.json:2:")]
    public void A_document_that_cannot_be_read_is_refused_with_the_node(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<StrategyLoadException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"bars\": 60", "$: weight is missing")]
    [InlineData("\"weight\": 1", "$: bars is missing")]
    [InlineData("\"weight\": 2, \"bars\": 60", "$.weight: must be above 0, up to 1")]
    [InlineData("\"weight\": 1, \"bars\": 1.5", "$.bars: must be a whole number from 1")]
    [InlineData("\"weight\": 1, \"bars\": \"$none\"", "$.bars: '$none' is neither a number nor a parameter")]
    [InlineData("\"weight\": 1, \"bars\": 60", "$: long, short or both are missing")]
    [InlineData("\"weight\": 1, \"bars\": 60, \"long\": { \"enter\": { \"greater\": [1, 2] } }", "$.long: enter and exit must be there")]
    [InlineData(
        "\"weight\": 1, \"bars\": 60, \"long\": { \"enter\": { \"greater\": [1] }, \"exit\": { } }",
        "$.long.enter.greater: must hold two"
    )]
    [InlineData(
        "\"weight\": 1, \"bars\": 60, \"long\": { \"enter\": { \"all\": [{ \"less\": [\"fast\", 2] }] }, \"exit\": { } }",
        "$.long.enter.all[0].less[0]: there is no series 'fast'; there are open, high, low, close, volume"
    )]
    [InlineData(
        "\"weight\": 1, \"bars\": 60, \"long\": { \"enter\": { \"above\": [1, 2] }, \"exit\": { } }",
        "$.long.enter: 'above' is not known here; there are all, any"
    )]
    [InlineData("\"weight\": 1, \"bars\": 60, \"indicators\": { \"a\": { \"magic\": 3 } }", "$.indicators.a: 'magic' is not known here")]
    [InlineData(
        "\"weight\": 1, \"bars\": 60, \"indicators\": { \"close\": { \"ema\": 3 } }",
        "$.indicators.close: 'close' is a price of the bar"
    )]
    public void What_makes_no_sense_is_refused_at_the_start_with_the_node(string members, string expected)
    {
        var problem = Assert.Throws<BacktestException>(() => Run(Tapes.Walk(1, 10), Parse($"{{ \"name\": \"x\", {members} }}")));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private static DocumentStrategy Parse(string text) => DocumentStrategy.Parse(text, "test.json");

    private static BacktestResult Run(MarketTape tape, Strategy strategy) =>
        Backtest.Run(tape, strategy, "test", new BacktestSettings(), null, TestContext.Current.CancellationToken);
}
