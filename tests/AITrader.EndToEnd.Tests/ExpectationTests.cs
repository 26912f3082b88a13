using AITrader.SystemSupport.Expectation;
using AITrader.TestSupport;

namespace AITrader.EndToEnd.Tests;

/// <summary>The expectation itself: if it expected little, agreeing with it would prove little.</summary>
public sealed class ExpectationTests
{
    [Fact]
    public void The_capture_has_every_pattern_both_actions_and_partial_fills()
    {
        var expected = ExpectedRun.Of(SharedData.Require(ExpectedRun.Capture));

        Assert.Equal(87_402, expected.Ticks.Count);
        Assert.Equal(["breakout", "ema_cross", "vwap_deviation"], expected.Signals.Select(static s => s.Pattern).Distinct().Order());
        Assert.Equal(["BUY", "HOLD", "SELL"], expected.Trading.Decisions.Select(static d => d.Action).Distinct().Order());
        Assert.InRange(expected.Trading.Trades.Count, 10, 500);
        Assert.Contains(expected.Trading.Trades, static t => t.Realised != 0);
    }
}
