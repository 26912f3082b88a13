using System.Globalization;

namespace AITrader.MockMcp.Market;

/// <summary>Plans the market regimes: a forced regime first, then the schedule, repeated; nothing where there is neither.</summary>
internal sealed class RegimePlan(IReadOnlyList<RegimePhase> schedule)
{
    private int _phase = -1;
    private RegimePhase _now;
    private RegimePhase? _forced;

    /// <summary>Whether the present regime was forced or scheduled.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Remaining steps of the present phase.</summary>
    public int StepsLeft { get; private set; }

    /// <summary>Forces a phase from the next step on, in place of every other.</summary>
    public void Force(RegimePhase phase) => _forced = phase;

    /// <summary>Advances the plan by one step.</summary>
    /// <returns>The phase that begins with this step; null where the present one continues, or where nothing is planned.</returns>
    public RegimePhase? Next()
    {
        if (_forced is { } forced)
        {
            _forced = null;
            return Begin(forced);
        }

        if (StepsLeft > 0)
        {
            StepsLeft--;
            return null;
        }

        if (schedule.Count > 0)
        {
            _phase = (_phase + 1) % schedule.Count;
            return Begin(schedule[_phase]);
        }

        IsActive = false;
        return null;
    }

    private RegimePhase Begin(RegimePhase phase)
    {
        (_now, IsActive, StepsLeft) = (phase, true, phase.Steps - 1);
        return _now;
    }
}

/// <summary>A regime for a number of steps.</summary>
internal readonly record struct RegimePhase(MarketRegime Regime, int Steps)
{
    private const int MaxSteps = 1_000_000;

    private static readonly Dictionary<string, MarketRegime> Names = new(StringComparer.Ordinal)
    {
        ["range"] = MarketRegime.Range,
        ["trend-up"] = MarketRegime.TrendUp,
        ["trend-down"] = MarketRegime.TrendDown,
        ["jump"] = MarketRegime.Jump,
        ["halt"] = MarketRegime.Halt,
    };

    /// <summary>Names of the regimes that can be forced or scheduled.</summary>
    public static string AllNames => string.Join(", ", Names.Keys);

    public static bool TryCreate(string? name, int steps, out RegimePhase phase)
    {
        var isKnown = Names.TryGetValue(name ?? string.Empty, out var regime);
        phase = new RegimePhase(regime, steps);
        return isKnown && steps is > 0 and <= MaxSteps;
    }

    /// <summary>Parses a schedule such as <c>range:200,trend-up:300,jump:50,halt:30</c>; false with the invalid part.</summary>
    public static bool TryParseAll(string text, out IReadOnlyList<RegimePhase> phases, out string? wrong)
    {
        var found = new List<RegimePhase>();
        (phases, wrong) = (found, null);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (
                colon < 0
                || !int.TryParse(part[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var steps)
                || !TryCreate(part[..colon], steps, out var phase)
            )
            {
                wrong = part;
                return false;
            }

            found.Add(phase);
        }

        return true;
    }
}
