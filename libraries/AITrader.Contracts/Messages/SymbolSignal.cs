using AITrader.Domain.Signals;

namespace AITrader.Contracts.Messages;

/// <summary>The short form of a <see cref="Signal"/>, on <see cref="StreamNames.SymbolSignals"/> of its symbol.</summary>
/// <remarks>Publishing a <see cref="Signal"/> to that stream writes this form.</remarks>
public sealed record SymbolSignal
{
    /// <summary><see cref="Signal.Id"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary><see cref="Signal.Score"/>.</summary>
    public required double Score { get; init; }

    /// <summary><see cref="Signal.Pattern"/>.</summary>
    public required string Pattern { get; init; }

    /// <summary>Everything else of the signal.</summary>
    public required SymbolSignalMeta Meta { get; init; }

    /// <summary>The short form of a signal.</summary>
    public static SymbolSignal From(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new SymbolSignal
        {
            Id = signal.Id,
            Score = signal.Score,
            Pattern = signal.Pattern,
            Meta = new SymbolSignalMeta
            {
                Symbol = signal.Symbol,
                Direction = signal.Direction,
                Price = signal.Price,
                Timestamp = signal.Timestamp,
                TickId = signal.TickId,
                Seq = signal.Seq,
                Run = signal.Run,
                Trace = signal.Trace,
                Evidence = signal.Features.Evidence,
                HorizonSeconds = signal.Features.HorizonSeconds,
            },
        };
    }
}

/// <summary>What a <see cref="SymbolSignal"/> tells beside its four fields, as one JSON object.</summary>
public sealed record SymbolSignalMeta
{
    /// <summary><see cref="Signal.Symbol"/>.</summary>
    public required string Symbol { get; init; }

    /// <summary><see cref="Signal.Direction"/>.</summary>
    public required SignalDirection Direction { get; init; }

    /// <summary><see cref="Signal.Price"/>.</summary>
    public required decimal Price { get; init; }

    /// <summary><see cref="Signal.Timestamp"/>.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary><see cref="Signal.TickId"/>.</summary>
    public required string TickId { get; init; }

    /// <summary><see cref="Signal.Seq"/>.</summary>
    public required long Seq { get; init; }

    /// <summary><see cref="Signal.Run"/>.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary><see cref="Signal.Trace"/>.</summary>
    public string Trace { get; init; } = string.Empty;

    /// <summary>What the detector saw, by name.</summary>
    public required IReadOnlyDictionary<string, double> Evidence { get; init; }

    /// <summary><see cref="SignalFeatures.HorizonSeconds"/>.</summary>
    public double? HorizonSeconds { get; init; }
}
