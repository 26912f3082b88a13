using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>What a desk needs from outside: instruments, limits, the simulator's settings and how execution ids are derived.</summary>
/// <param name="Instruments">Terms of a symbol; null where unknown.</param>
/// <param name="Limits">Bounds of the pre-trade checks.</param>
/// <param name="Fills">Settings of the simulator.</param>
/// <param name="ExecutionId">Execution id of order and tick name: the same input gives the same id.</param>
public sealed record TradingSettings(
    Func<string, Instrument?> Instruments,
    RiskLimits Limits,
    FillRules Fills,
    Func<Guid, string, Guid> ExecutionId
)
{
    /// <summary>What one unit of an instrument's currency is worth in the account's at a time; null where that is not known, and it is not
    /// traded.</summary>
    public Func<Instrument, DateTimeOffset, decimal?> Rates { get; init; } = static (_, _) => 1m;

    /// <summary>How the simulator fills; the touch by default.</summary>
    public FillModel Model { get; init; } = FillModel.Touch;

    /// <summary>Fees by a table; null where those of the instruments hold.</summary>
    public FeeOf? Fees { get; init; }

    /// <summary>Tighter limits of strategies and symbols.</summary>
    public LimitLayers Overrides { get; init; } = LimitLayers.None;

    /// <summary>Limits of the exchange for a symbol's prices today; null where there are none.</summary>
    public Func<string, PriceLimits?> Bands { get; init; } = static _ => null;

    /// <summary>When a symbol trades; null where it always does.</summary>
    public Func<string, SessionCalendar?> Calendars { get; init; } = static _ => null;
}

/// <summary>The fee of an execution.</summary>
/// <param name="order">The order, with its executions before.</param>
/// <param name="quantity">Executed quantity.</param>
/// <param name="price">Execution price.</param>
/// <param name="at">When.</param>
public delegate decimal FeeOf(Order order, decimal quantity, decimal price, DateTimeOffset at);
