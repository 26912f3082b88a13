using AITrader.Cli.Commands.Backtests;

namespace AITrader.Cli.Tests.Trading;

/// <summary>How a backtest names ticks that the system has stored.</summary>
public sealed class StoredTicksTests
{
    [Theory]
    [InlineData("ticks:NSE:INFY@2026-01-05/2026-01-06")]
    [InlineData("ticks:NSE:INFY,NSE:TCS@2026-01-05T03:45:00Z/2026-01-05T04:00:00Z@demo-12345678-1")]
    [InlineData("ticks.csv.gz")]
    [InlineData("folder/of/bars")]
    public void A_range_of_the_tick_store_and_a_file_are_taken(string source) => Assert.Null(StoredTicks.ProblemOf(source));

    [Theory]
    [InlineData("ticks:")]
    [InlineData("ticks:NSE:INFY")]
    [InlineData("ticks:@2026-01-05/2026-01-06")]
    [InlineData("ticks:NSE:INFY@2026-01-05")]
    [InlineData("ticks:NSE:INFY@yesterday/today")]
    [InlineData("ticks:NSE:INFY@2026-01-05/2026-01-06@run@more")]
    public void What_is_no_range_is_told_how_to_write_one(string source) =>
        Assert.StartsWith($"--data {source}: write ticks:SYMBOL,...@FROM/TO", StoredTicks.ProblemOf(source), StringComparison.Ordinal);
}
