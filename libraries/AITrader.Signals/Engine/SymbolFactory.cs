using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Engine;

/// <summary>Makes the symbols of one thread: their states lie side by side, and those with the same parameters share a plan.</summary>
internal sealed class SymbolFactory
{
    private readonly StateSlab _slab = new();
    private readonly Dictionary<PatternParameters, DetectorPlan> _plans = [];

    /// <summary>A symbol that has seen nothing.</summary>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    internal SymbolPatterns Create(PatternParameters parameters) => new(PlanOf(parameters), _slab);

    /// <summary>A symbol's saved state; see <see cref="SymbolPatterns.Restore(PatternParameters, ReadOnlySpan{byte})"/>.</summary>
    /// <exception cref="InvalidDataException">The state cannot be used.</exception>
    internal SymbolPatterns Restore(PatternParameters parameters, ReadOnlySpan<byte> saved) =>
        SymbolPatterns.Restore(PlanOf(parameters), saved, _slab);

    private DetectorPlan PlanOf(PatternParameters parameters)
    {
        if (!_plans.TryGetValue(parameters, out var plan))
        {
            plan = new DetectorPlan(parameters);
            _plans.Add(parameters, plan);
        }

        return plan;
    }
}
