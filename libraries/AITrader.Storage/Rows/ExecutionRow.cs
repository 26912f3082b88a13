using AITrader.Domain.Orders;

namespace AITrader.Storage.Rows;

/// <summary>One execution; its id is unique, so it is booked once.</summary>
public sealed class ExecutionRow
{
    /// <summary>Execution id.</summary>
    public required Guid ExecId { get; set; }

    /// <summary>Order that was filled.</summary>
    public required Guid OrderId { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Side of the order.</summary>
    public required Side Side { get; set; }

    /// <summary>Quantity of this execution.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Price of this execution.</summary>
    public required decimal Price { get; set; }

    /// <summary>Fee in quote currency.</summary>
    public required decimal Fee { get; set; }

    /// <summary>maker or taker.</summary>
    public required string Liquidity { get; set; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Sequence of the tick that filled it.</summary>
    public long Seq { get; set; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>The account that it is booked in.</summary>
    public int AccountId { get; set; } = AccountRow.LiveAccount;

    /// <summary>Units of the account's currency for one of the instrument's; 1 where they are the same.</summary>
    public decimal Rate { get; set; } = 1m;

    /// <summary>The trade that booked it.</summary>
    public int? TradeId { get; set; }

    /// <summary>The trade that booked it: set it together with a new execution, the database assigns the id.</summary>
    public TradeRow? Trade { get; set; }
}

/// <summary>A booked fill, for the trade list.</summary>
public sealed class TradeRow
{
    /// <summary>Assigned by the database.</summary>
    public int TradeId { get; set; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; set; }

    /// <summary>Quantity.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Price.</summary>
    public required decimal Price { get; set; }

    /// <summary>Fees in quote currency.</summary>
    public decimal Fees { get; set; }

    /// <summary>P&amp;L realised by this fill.</summary>
    public decimal Pnl { get; set; }

    /// <summary>Pattern that led to it.</summary>
    public string? StrategyTag { get; set; }

    /// <summary>Free text.</summary>
    public string? Notes { get; set; }

    /// <summary>Its run; empty when live.</summary>
    public string RunId { get; set; } = string.Empty;
}

/// <summary>Net position in one instrument, at average cost.</summary>
public sealed class PositionRow
{
    /// <summary>The account.</summary>
    public int AccountId { get; set; } = AccountRow.LiveAccount;

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Net quantity; negative when short.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Average cost; zero when flat.</summary>
    public decimal AveragePrice { get; set; }

    /// <summary>P&amp;L realised, before fees.</summary>
    public decimal RealisedPnl { get; set; }

    /// <summary>Fees paid.</summary>
    public decimal Fees { get; set; }

    /// <summary>Last price that it was marked at.</summary>
    public decimal? LastPrice { get; set; }

    /// <summary>Wall clock of the last write.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
