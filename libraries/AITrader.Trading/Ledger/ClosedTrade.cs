using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger;

/// <summary>An entry and the exit that closed it, of one quantity. Money is in the instrument's currency.</summary>
public sealed record ClosedTrade
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Side of the entry: buy for a long trade, sell for a short one.</summary>
    public required Side Side { get; init; }

    /// <summary>Quantity; positive.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Event time of the entry.</summary>
    public required DateTimeOffset EntryTime { get; init; }

    /// <summary>Entry price, an average where there were several; at eight decimals.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Event time of the exit.</summary>
    public required DateTimeOffset ExitTime { get; init; }

    /// <summary>Exit price, an average where there were several; at eight decimals.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Profit before fees, exact: it is not computed from the rounded prices.</summary>
    public required decimal Profit { get; init; }

    /// <summary>Its share of the fees of its fills.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Maximum adverse excursion: the worst open profit before fees at any mark; zero or negative.</summary>
    public required decimal MaxAdverse { get; init; }

    /// <summary>Maximum favourable excursion: the best open profit before fees at any mark; zero or positive.</summary>
    public required decimal MaxFavourable { get; init; }

    /// <summary>Profit after fees.</summary>
    public decimal NetProfit => Profit - Fees;

    /// <summary>Time in the market.</summary>
    public TimeSpan Held => ExitTime - EntryTime;
}
