using AITrader.Domain.Ids;

namespace AITrader.Contracts.Messages;

/// <summary>A decision, taken or declined, on <see cref="StreamNames.Decisions"/>.</summary>
public sealed record DecisionMessage
{
    /// <summary><see cref="DeterministicId.Decision"/> of the signal.</summary>
    public required Guid Id { get; init; }

    /// <summary>The signal that was decided.</summary>
    public required Guid SignalId { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>BUY, SELL or HOLD.</summary>
    public required string Action { get; init; }

    /// <summary>Sum of the factor contributions, in [-1, 1].</summary>
    public required double Score { get; init; }

    /// <summary>JSON array of {name, weight, value, contribution, note}; contributions add up to the score.</summary>
    public required string Factors { get; init; }

    /// <summary>JSON object: model versions, feature hash, winner of the race, latencies, data watermark.</summary>
    public required string Provenance { get; init; }

    /// <summary>Event time of the signal.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Sequence of the tick.</summary>
    public long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}
