using AITrader.Domain.Ids;
using AITrader.Domain.Ticks;

namespace AITrader.Domain.Signals;

/// <summary>A pattern found at one tick; on the bus it is an entry of <c>signals:global</c>.</summary>
public sealed record Signal
{
    /// <summary><see cref="DeterministicId.Signal"/> of tick and pattern.</summary>
    public required Guid Id { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Strength in [0, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Event time of the tick.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Detector, such as ema_cross.</summary>
    public required string Pattern { get; init; }

    /// <summary>Which way it points.</summary>
    public required SignalDirection Direction { get; init; }

    /// <summary>Price of the tick: of the trade, or the mid where a quote is the tick.</summary>
    public required decimal Price { get; init; }

    /// <summary><see cref="Tick.TickId"/> of the tick.</summary>
    public required string TickId { get; init; }

    /// <summary><see cref="Tick.Seq"/> of the tick.</summary>
    public required long Seq { get; init; }

    /// <summary><see cref="Tick.Run"/> of the tick.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>Everything a decision needs to know about the market at the tick.</summary>
    public required SignalFeatures Features { get; init; }

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}
