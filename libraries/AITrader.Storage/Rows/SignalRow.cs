using AITrader.Domain.Signals;

namespace AITrader.Storage.Rows;

/// <summary>A pattern that was found, as it was decided on.</summary>
public sealed class SignalRow
{
    /// <summary>Derived from tick and pattern.</summary>
    public required Guid Id { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Strength in [0, 1].</summary>
    public required double Score { get; set; }

    /// <summary>Event time of the tick.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Detector, such as ema_cross.</summary>
    public required string Pattern { get; set; }

    /// <summary>Which way it points.</summary>
    public required SignalDirection Direction { get; set; }

    /// <summary>Last trade price at the tick.</summary>
    public required decimal Price { get; set; }

    /// <summary>Name of the tick.</summary>
    public required string TickId { get; set; }

    /// <summary>Sequence of the tick.</summary>
    public long Seq { get; set; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>The market at the tick, as JSON.</summary>
    public string Features { get; set; } = "{}";
}
