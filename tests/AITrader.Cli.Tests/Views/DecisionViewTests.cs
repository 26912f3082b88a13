using System.Text.Json;
using AITrader.Cli.Views;

namespace AITrader.Cli.Tests.Views;

public sealed class DecisionViewTests
{
    [Theory]
    [InlineData("idle", "nothing was decided yet: `./aitrader replay start demo` gives it something to decide")]
    [InlineData("finished", "nothing was decided yet: `./aitrader replay start demo` gives it something to decide")]
    [InlineData("running", "nothing was decided yet, and a replay is running: `./aitrader replay` shows how far it is")]
    [InlineData("paused", "nothing was decided yet, and a replay is paused: `./aitrader replay` shows how far it is")]
    public void Where_nothing_was_decided_a_replay_is_advised_unless_one_runs(string state, string expected) =>
        Assert.Equal(expected, DecisionView.NothingYet(JsonSerializer.SerializeToElement(new { state })));
}
