using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Engine;

/// <summary>What all symbols with the same parameters share: the terms of their signals, and the detectors that hold no state.</summary>
internal sealed class DetectorPlan
{
    private readonly (PatternDefinition Definition, Detector First)[] _running;

    /// <summary>The plan of these parameters.</summary>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    internal DetectorPlan(PatternParameters parameters)
    {
        if (parameters.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(parameters));
        }

        Parameters = parameters;
        Terms = [.. parameters.Catalogue.All.Select(definition => SignalTerms.Of(parameters.Of(definition.Index)))];
        _running = [.. Running(parameters)];
        var bars = Array.ConvertAll(Of<BarDetector>(PatternInput.Bar), static pair => (BarDetector)pair.First);
        MaxLookback = bars.Length == 0 ? 0 : bars.Max(static detector => detector.Lookback);
        SharedBars = bars[(Array.FindLastIndex(bars, static detector => !detector.IsStateless) + 1)..];
    }

    internal PatternParameters Parameters { get; }

    /// <summary>By index in the catalogue.</summary>
    internal SignalTerms[] Terms { get; }

    /// <summary>Bars before the last that its detectors read.</summary>
    internal int MaxLookback { get; }

    /// <summary>The detectors of bars after the last one that holds a state: the same for all symbols.</summary>
    internal BarDetector[] SharedBars { get; }

    internal bool ReadsBars => Of<BarDetector>(PatternInput.Bar).Length > 0;

    /// <summary>One symbol's detectors of a kind, in the order of the catalogue; those that hold no state are the same for all.</summary>
    internal T[] Create<T>(PatternInput input)
        where T : Detector =>
        Array.ConvertAll(Of<T>(input), pair =>
            (T)(pair.First.IsStateless ? pair.First : pair.Definition.Create!(Parameters.Of(pair.Definition.Index)))
        );

    /// <summary>One symbol's detectors of bars, but for <see cref="SharedBars"/>.</summary>
    internal BarDetector[] CreateBars() => Create<BarDetector>(PatternInput.Bar)[..^SharedBars.Length];

    private (PatternDefinition Definition, Detector First)[] Of<T>(PatternInput input)
        where T : Detector => Array.FindAll(_running, pair => pair.Definition.Input == input && pair.First is T);

    private static IEnumerable<(PatternDefinition, Detector)> Running(PatternParameters parameters)
    {
        foreach (var definition in parameters.Catalogue.All)
        {
            if (parameters.Enabled.Contains(definition.Index) && definition.Create?.Invoke(parameters.Of(definition.Index)) is { } detector)
            {
                yield return (definition, detector);
            }
        }
    }
}
