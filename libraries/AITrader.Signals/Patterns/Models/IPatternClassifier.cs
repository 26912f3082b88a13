using AITrader.Domain.Signals;

namespace AITrader.Signals.Patterns.Models;

/// <summary>What a classifier may say of a window.</summary>
/// <param name="Name">Name of the class; signals would carry <c>model_</c> and it.</param>
/// <param name="Direction">Which way it points; neutral where it is "nothing".</param>
/// <param name="HorizonSeconds">Event time that it speaks of.</param>
public readonly record struct PatternClass(string Name, SignalDirection Direction, double HorizonSeconds);

/// <summary>A learned classifier of price windows: the edge behind which a model runs. Never called on the hot thread.</summary>
/// <remarks>Equal windows must give equal probabilities; it keeps nothing from call to call.</remarks>
public interface IPatternClassifier
{
    /// <summary>Model and version, for provenance.</summary>
    string Name { get; }

    /// <summary>Its classes; names are unique.</summary>
    IReadOnlyList<PatternClass> Classes { get; }

    /// <summary>Trade prices that it looks at.</summary>
    int Window { get; }

    /// <summary>Writes one probability a class: each in [0, 1], their sum 1.</summary>
    /// <param name="window">The last <see cref="Window"/> trade prices, oldest first.</param>
    /// <param name="probabilities">Room for one number a class.</param>
    /// <param name="ct">Ends the call.</param>
    ValueTask ClassifyAsync(ReadOnlyMemory<double> window, Memory<double> probabilities, CancellationToken ct);
}

/// <summary>The tick that a request and its result belong to.</summary>
/// <param name="Symbol">Index in the symbol table.</param>
/// <param name="Seq">Number of the tick in its run.</param>
/// <param name="TimeMicros">Event time.</param>
public readonly record struct ClassifiedTick(int Symbol, long Seq, long TimeMicros);

/// <summary>A result: the most probable class of the window that ended with a tick.</summary>
/// <param name="Tick">The tick of the request, not the one at which the result is read.</param>
/// <param name="Class">Index of the class.</param>
/// <param name="Probability">Its probability: the score.</param>
public readonly record struct Classification(ClassifiedTick Tick, int Class, double Probability);
