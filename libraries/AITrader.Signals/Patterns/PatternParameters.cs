using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>Periods and thresholds of one symbol's indicators and detectors. docs/formulas.md gives the formulas they enter.</summary>
public sealed record PatternParameters
{
    /// <summary>The defaults.</summary>
    public static readonly PatternParameters Default = new();

    /// <summary>Trades of the fast exponential average.</summary>
    public int EmaFast { get; init; } = 20;

    /// <summary>Trades of the slow exponential average.</summary>
    public int EmaSlow { get; init; } = 80;

    /// <summary>Changes of Wilder's RSI.</summary>
    public int RsiPeriod { get; init; } = 14;

    /// <summary>Changes of Wilder's average of absolute changes.</summary>
    public int AtrPeriod { get; init; } = 14;

    /// <summary>Last trade prices handed on with a signal.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Whether ema_cross runs.</summary>
    public bool EmaCross { get; init; } = true;

    /// <summary>Distance of the averages that confirms a cross, in basis points of the price.</summary>
    public double EmaCrossBandBps { get; init; } = 0.1;

    /// <summary>Distance of the price from the slow average at which the score is one half, in basis points of the price.</summary>
    public double EmaCrossScoreBps { get; init; } = 1.0;

    /// <summary>Least event time between two signals of ema_cross on one symbol.</summary>
    public TimeSpan EmaCrossCooldown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether vwap_deviation runs.</summary>
    public bool VwapDeviation { get; init; } = true;

    /// <summary>Standard deviations from the VWAP that make a signal.</summary>
    public double VwapEntry { get; init; } = 2.0;

    /// <summary>Standard deviations below which the detector is armed again.</summary>
    public double VwapExit { get; init; } = 1.5;

    /// <summary>Trades of the session before the first signal of vwap_deviation.</summary>
    public int VwapWarmup { get; init; } = 100;

    /// <summary>Least event time between two signals of vwap_deviation on one symbol.</summary>
    public TimeSpan VwapCooldown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether breakout runs.</summary>
    public bool Breakout { get; init; } = true;

    /// <summary>Trades of the channel that a breakout leaves.</summary>
    public int BreakoutLookback { get; init; } = 200;

    /// <summary>Least width of the channel, in basis points of the price.</summary>
    public double BreakoutMinWidthBps { get; init; } = 0.5;

    /// <summary>Least event time between two signals of breakout on one symbol.</summary>
    public TimeSpan BreakoutCooldown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seconds of the time bars that bar patterns read. They are counted from the start of the UTC day.</summary>
    public int BarSeconds { get; init; } = 60;

    /// <summary>Bars on each side of a pivot: it is known that many bars later.</summary>
    public int PivotBars { get; init; } = 3;

    /// <summary>The patterns that run; <see cref="EmaCross"/>, <see cref="VwapDeviation"/> and <see cref="Breakout"/> switch theirs off in
    /// addition.</summary>
    public PatternSelection Enabled { get; init; } = PatternSelection.Default;

    /// <summary>Everything that has no property of its own.</summary>
    private PatternTable Table { get; init; } = PatternTable.Default;

    /// <summary>The patterns that do run.</summary>
    public PatternSelection Running =>
        Enabled
            .With(PatternCatalogue.EmaCross, EmaCross && Enabled.Contains(PatternCatalogue.EmaCross))
            .With(PatternCatalogue.VwapDeviation, VwapDeviation && Enabled.Contains(PatternCatalogue.VwapDeviation))
            .With(PatternCatalogue.Breakout, Breakout && Enabled.Contains(PatternCatalogue.Breakout));

    /// <summary>A pattern's parameter by its name in the registry.</summary>
    /// <exception cref="ArgumentException">The pattern has no such parameter.</exception>
    public double Read(int pattern, string parameter)
    {
        var (place, name) = Locate(pattern, parameter);
        return NamedParameters.TryRead(this, pattern, name, out var value) ? value : Table[pattern][place];
    }

    /// <summary>These values with one of them replaced.</summary>
    /// <exception cref="ArgumentException">The pattern has no such parameter.</exception>
    public PatternParameters With(int pattern, string parameter, double value)
    {
        var (place, name) = Locate(pattern, parameter);
        return NamedParameters.TryPut(this, pattern, name, value) ?? this with { Table = Table.With(pattern, place, value) };
    }

    /// <summary>The first thing wrong with the values, as <c>name: problem</c>; null where all is well.</summary>
    public string? FindProblem()
    {
        const int Most = 1 << 16;
        return Among(EmaFast, 1, Most, nameof(EmaFast))
            ?? Among(EmaSlow, EmaFast + 1, Most, nameof(EmaSlow))
            ?? Among(RsiPeriod, 1, Most, nameof(RsiPeriod))
            ?? Among(AtrPeriod, 1, Most, nameof(AtrPeriod))
            ?? Among(Window, 1, Most, nameof(Window))
            ?? Among(VwapWarmup, 2, int.MaxValue, nameof(VwapWarmup))
            ?? Among(BreakoutLookback, 2, Most, nameof(BreakoutLookback))
            ?? Among(EmaCrossBandBps, 0, 10_000, nameof(EmaCrossBandBps))
            ?? Among(EmaCrossScoreBps, double.Epsilon, 10_000, nameof(EmaCrossScoreBps))
            ?? Among(VwapExit, 0, 100, nameof(VwapExit))
            ?? Among(VwapEntry, Math.Max(VwapExit, double.Epsilon), 100, nameof(VwapEntry))
            ?? Among(BreakoutMinWidthBps, 0, 10_000, nameof(BreakoutMinWidthBps))
            ?? Among(EmaCrossCooldown.TotalSeconds, 0, 86_400, nameof(EmaCrossCooldown))
            ?? Among(VwapCooldown.TotalSeconds, 0, 86_400, nameof(VwapCooldown))
            ?? Among(BreakoutCooldown.TotalSeconds, 0, 86_400, nameof(BreakoutCooldown))
            ?? Among(BarSeconds, 1, 86_400, nameof(BarSeconds))
            ?? Among(PivotBars, 1, 32, nameof(PivotBars))
            ?? FindPatternProblem();
    }

    /// <summary>The first thing wrong with the values of a pattern, as <c>pattern:name: problem</c>; null where all is well.</summary>
    public string? FindPatternProblem() => PatternCatalogue.All.Select(FindProblem).FirstOrDefault(static problem => problem is not null);

    /// <summary>The values of one pattern that have no property here.</summary>
    internal PatternValues Of(int pattern) => new(PatternCatalogue.All[pattern], Table[pattern], BarSeconds);

    /// <summary>Writes every value, so that a stored state of other parameters is told apart.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Write(EmaFast);
        writer.Write(EmaSlow);
        writer.Write(RsiPeriod);
        writer.Write(AtrPeriod);
        writer.Write(Window);
        writer.Write(EmaCross);
        writer.Write(EmaCrossBandBps);
        writer.Write(EmaCrossScoreBps);
        writer.Write(EmaCrossCooldown.Ticks);
        writer.Write(VwapDeviation);
        writer.Write(VwapEntry);
        writer.Write(VwapExit);
        writer.Write(VwapWarmup);
        writer.Write(VwapCooldown.Ticks);
        writer.Write(Breakout);
        writer.Write(BreakoutLookback);
        writer.Write(BreakoutMinWidthBps);
        writer.Write(BreakoutCooldown.Ticks);
        writer.Write(BarSeconds);
        writer.Write(PivotBars);
        var (low, high) = Running.Bits;
        writer.Write(low);
        writer.Write(high);
        Table.Save(writer, Running);
    }

    private string? FindProblem(PatternDefinition pattern)
    {
        foreach (var parameter in pattern.Parameters)
        {
            var value = Read(pattern.Index, parameter.Name);
            var problem = parameter.FindProblem(value);
            problem ??= FindProblem(pattern, parameter, value);
            if (problem is not null)
            {
                return $"{pattern.Name}:{parameter.Name}: {problem}";
            }
        }

        return null;
    }

    private string? FindProblem(PatternDefinition pattern, PatternParameter parameter, double value)
    {
        if (parameter.NotBelow is { } least && value < Read(pattern.Index, least))
        {
            return string.Create(null, $"{value} is below {least}, {Read(pattern.Index, least)}");
        }

        return parameter.Above is { } other && value <= Read(pattern.Index, other)
            ? string.Create(null, $"{value} is not above {other}, {Read(pattern.Index, other)}")
            : null;
    }

    private static (int Place, string Name) Locate(int pattern, string parameter)
    {
        var definition = PatternCatalogue.All[pattern];
        var place = definition.Find(parameter);
        return place >= 0
            ? (place, definition.Parameters[place].Name)
            : throw new ArgumentException($"{definition.Name} has no parameter {parameter}.", nameof(parameter));
    }

    private static string? Among(double value, double least, double most, string name) =>
        value >= least && value <= most ? null : string.Create(null, $"{name}: {value} is not in {least} to {most}");
}
