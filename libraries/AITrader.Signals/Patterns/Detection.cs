using System.Runtime.CompilerServices;
using AITrader.Domain.Signals;

namespace AITrader.Signals.Patterns;

/// <summary>A pattern found at one tick; holds no references, so that a hot thread can hand it on without allocating.</summary>
public struct Detection
{
    /// <summary>Maximum number of evidence values of a detection.</summary>
    public const int MaxEvidence = 6;

    private EvidenceValues _evidence;

    /// <summary>Index in the catalogue.</summary>
    public required int Pattern { get; init; }

    /// <summary>Which way it points.</summary>
    public required SignalDirection Direction { get; init; }

    /// <summary>Strength in [0, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Event time, in seconds, that the detection speaks of.</summary>
    public required double HorizonSeconds { get; init; }

    /// <summary>What the detector saw, in the order of its pattern's <see cref="PatternDefinition.Evidence"/>.</summary>
    public readonly double Evidence(int index) => _evidence[index];

    internal Detection With(params ReadOnlySpan<double> evidence)
    {
        for (var i = 0; i < evidence.Length; i++)
        {
            _evidence[i] = evidence[i];
        }

        return this;
    }

    [InlineArray(MaxEvidence)]
    private struct EvidenceValues
    {
        private double _first;
    }
}
