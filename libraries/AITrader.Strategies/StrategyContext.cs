using AITrader.Strategies.Accounts;
using AITrader.Strategies.Data;
using AITrader.Strategies.Exits;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies;

/// <summary>What one run gives to a strategy.</summary>
internal sealed class StrategyContext(
    DataSubscriptions data,
    OrderFactory orders,
    IPortfolio portfolio,
    PositionSizer sizing,
    ExitRules exits,
    EventTimers timers,
    Func<DateTimeOffset> now,
    Action<DateTimeOffset, string> log
)
{
    internal DataSubscriptions Data => data;

    internal OrderFactory Orders => orders;

    internal IPortfolio Portfolio => portfolio;

    internal PositionSizer Sizing => sizing;

    internal ExitRules Exits => exits;

    internal EventTimers Timers => timers;

    internal DateTimeOffset Now => now();

    internal void Log(string text) => log(Now, text);
}
