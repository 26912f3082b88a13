using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Trading.Market;

namespace AITrader.Trading.Risk;

/// <summary>Everything that the checks of one order rest on.</summary>
public sealed record RiskContext
{
    /// <summary>The order.</summary>
    public required OrderRequest Request { get; init; }

    /// <summary>Its instrument; null where unknown.</summary>
    public required Instrument? Terms { get; init; }

    /// <summary>Its market.</summary>
    public required MarketState Market { get; init; }

    /// <summary>What one unit of the instrument's currency is worth in the account's; null where that is not known.</summary>
    public decimal? Rate { get; init; } = 1m;

    /// <summary>Bounds.</summary>
    public required RiskLimits Limits { get; init; }

    /// <summary>Whether new orders are taken.</summary>
    public required TradingState TradingState { get; init; }

    /// <summary>Whether the account is reconciled.</summary>
    public required bool IsReconciled { get; init; }

    /// <summary>Whether another order has the client order id.</summary>
    public required bool IsDuplicate { get; init; }

    /// <summary>Run of the market that is known; null before the first tick.</summary>
    public required string? CurrentRun { get; init; }

    /// <summary>Signed position in the instrument.</summary>
    public required decimal Position { get; init; }

    /// <summary>Open quantity of the working orders of the same instrument and side.</summary>
    public required decimal WorkingSameSide { get; init; }

    /// <summary>Cash not held by short positions or working orders.</summary>
    public required decimal FreeCash { get; init; }

    /// <summary>All working orders; those whose submission is in doubt too.</summary>
    public IReadOnlyList<Order> Working { get; init; } = [];

    /// <summary>Orders, changes and executions of the account so far.</summary>
    public OrderActivity Activity { get; init; } = new();

    /// <summary>What is held and what may come; made only where a limit asks for it.</summary>
    public Func<AccountExposure> Account { get; init; } = static () => AccountExposure.Empty;

    /// <summary>Limits of the exchange for the day; null where there are none.</summary>
    public PriceLimits? Band { get; init; }

    /// <summary>When the market trades; null where it always does.</summary>
    public SessionCalendar? Calendar { get; init; }

    /// <summary>Which loss is at its limit; null where none is.</summary>
    public Denial? Loss { get; init; }

    /// <summary>What is switched off.</summary>
    public KillSwitch Kill { get; init; } = KillSwitch.Off;

    /// <summary>Worst price of the order; null where none is known.</summary>
    public decimal? WorstPrice => Exposure.WorstPrice(Request, Market, Limits);

    /// <summary>Whether the order that it waits for is working.</summary>
    public bool HasParent { get; init; }

    /// <summary>The part of the order that adds to the position.</summary>
    public decimal Adding =>
        Request.Conditions.ReduceOnly ? 0m : Exposure.Adding(Position, Request.Side, WorkingSameSide, Request.Quantity);

    /// <summary>Whether the order only reduces the position: no limit blocks it.</summary>
    public bool ReducesRisk => Adding == 0m;
}
