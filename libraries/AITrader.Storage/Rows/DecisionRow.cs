namespace AITrader.Storage.Rows;

/// <summary>What was decided about one signal, and why.</summary>
public sealed class DecisionRow
{
    /// <summary>Derived from the signal.</summary>
    public required Guid Id { get; set; }

    /// <summary>The signal; decided once.</summary>
    public required Guid SignalId { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>BUY, SELL or HOLD.</summary>
    public required string Action { get; set; }

    /// <summary>Sum of the contributions, in [-1, 1].</summary>
    public required double Score { get; set; }

    /// <summary>Why no order followed, or what made it one.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>JSON array of {name, weight, value, contribution, note}.</summary>
    public string Factors { get; set; } = "[]";

    /// <summary>JSON object: model versions, winner of the race, latencies, watermark.</summary>
    public string Provenance { get; set; } = "{}";

    /// <summary>The order that followed; null for HOLD.</summary>
    public Guid? OrderId { get; set; }

    /// <summary>Event time of the signal.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Sequence of the tick.</summary>
    public long Seq { get; set; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>Wall clock of the decision; measured, decides nothing.</summary>
    public required DateTimeOffset DecidedAt { get; set; }
}
