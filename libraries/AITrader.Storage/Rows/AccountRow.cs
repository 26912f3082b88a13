namespace AITrader.Storage.Rows;

/// <summary>The account of a run: cash, realised P&amp;L and whether it may trade.</summary>
public sealed class AccountRow
{
    /// <summary>Id of the live account.</summary>
    public const int LiveAccount = 1;

    /// <summary>Assigned by the database; later accounts have higher ones.</summary>
    public int Id { get; set; }

    /// <summary>Run that trades on it; empty for the live account.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>ISO code.</summary>
    public required string Currency { get; set; }

    /// <summary>Cash that it began with.</summary>
    public required decimal InitialCash { get; set; }

    /// <summary>Cash now.</summary>
    public required decimal Cash { get; set; }

    /// <summary>P&amp;L realised, before fees.</summary>
    public decimal RealisedPnl { get; set; }

    /// <summary>Fees paid.</summary>
    public decimal Fees { get; set; }

    /// <summary>One of <see cref="TradingStates"/>.</summary>
    public string TradingState { get; set; } = TradingStates.Active;

    /// <summary>Why it is halted; empty otherwise.</summary>
    public string HaltReason { get; set; } = string.Empty;

    /// <summary>What losses are measured from, as a JSON object; null before the first tick of a watched account.</summary>
    public string? LossBase { get; set; }

    /// <summary>Wall clock of the last write.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Whether the account may trade.</summary>
public static class TradingStates
{
    /// <summary>Any order that passes its checks.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Only orders that reduce risk.</summary>
    public const string Reducing = "REDUCING";

    /// <summary>No new order.</summary>
    public const string Halted = "HALTED";
}
