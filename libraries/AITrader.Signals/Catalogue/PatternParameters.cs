using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.State;

namespace AITrader.Signals.Catalogue;

/// <summary>What runs on one symbol, and with which periods and thresholds. docs/formulas.md gives the formulas they enter.</summary>
public sealed record PatternParameters
{
    /// <summary>The defaults of the patterns that come with the library.</summary>
    public static readonly PatternParameters Default = new(PatternCatalogue.BuiltIn);

    /// <summary>The defaults of a catalogue: every pattern of it that points somewhere, with the values of its definition.</summary>
    public PatternParameters(PatternCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        Catalogue = catalogue;
        Enabled = PatternSelection.DefaultOf(catalogue);
        Table = PatternTable.DefaultOf(catalogue);
    }

    /// <summary>The patterns that there are.</summary>
    public PatternCatalogue Catalogue { get; }

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

    /// <summary>Seconds of the time bars that bar patterns read. They are counted from the start of the UTC day.</summary>
    public int BarSeconds { get; init; } = 60;

    /// <summary>Last bars handed on with a signal, for a classifier; 0 where there is none.</summary>
    public int ClassBars { get; init; }

    /// <summary>Seconds of those bars.</summary>
    public int ClassBarSeconds { get; init; } = 1;

    /// <summary>Bars on each side of a pivot: it is known that many bars later.</summary>
    public int PivotBars { get; init; } = 3;

    /// <summary>The patterns that run.</summary>
    public PatternSelection Enabled { get; init; }

    /// <summary>Periods of the indicators.</summary>
    public IndicatorPeriods Periods => new(EmaFast, EmaSlow, RsiPeriod, AtrPeriod, ChannelLength, Window);

    private PatternTable Table { get; init; }

    // The channel is an indicator of every symbol, and its length a parameter of the pattern that reads it.
    private int ChannelLength =>
        Catalogue.All.FirstOrDefault(static known => known.ChannelParameter is not null) is { ChannelParameter: { } length } reader
            ? (int)Read(reader.Index, length)
            : 1;

    /// <summary>A pattern's parameter by its name in the registry.</summary>
    /// <exception cref="ArgumentException">The pattern has no such parameter.</exception>
    public double Read(int pattern, string parameter) => Table[pattern][Locate(pattern, parameter)];

    /// <summary>These values with one of them replaced.</summary>
    /// <exception cref="ArgumentException">The pattern has no such parameter.</exception>
    public PatternParameters With(int pattern, string parameter, double value) =>
        this with
        {
            Table = Table.With(pattern, Locate(pattern, parameter), value),
        };

    /// <summary>The first thing wrong with the values, as <c>name: problem</c>; null where all is well.</summary>
    public string? FindProblem()
    {
        const int Max = 1 << 16;
        return Among(EmaFast, 1, Max, nameof(EmaFast))
            ?? Among(EmaSlow, EmaFast + 1, Max, nameof(EmaSlow))
            ?? Among(RsiPeriod, 1, Max, nameof(RsiPeriod))
            ?? Among(AtrPeriod, 1, Max, nameof(AtrPeriod))
            ?? Among(Window, 1, Max, nameof(Window))
            ?? Among(BarSeconds, 1, 86_400, nameof(BarSeconds))
            ?? Among(PivotBars, 1, 32, nameof(PivotBars))
            ?? Among(ClassBars, 0, BarTail.MaxBars, nameof(ClassBars))
            ?? Among(ClassBarSeconds, 1, 86_400, nameof(ClassBarSeconds))
            ?? FindPatternProblem();
    }

    /// <summary>The first thing wrong with the values of a pattern, as <c>pattern:name: problem</c>; null where all is well.</summary>
    public string? FindPatternProblem() => Catalogue.All.Select(FindProblem).FirstOrDefault(static problem => problem is not null);

    /// <summary>The values of one pattern.</summary>
    internal PatternValues Of(int pattern) => new(Catalogue.All[pattern], Table[pattern], BarSeconds);

    /// <summary>Writes every value, so that a stored state of other parameters is told apart.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Write(EmaFast);
        writer.Write(EmaSlow);
        writer.Write(RsiPeriod);
        writer.Write(AtrPeriod);
        writer.Write(ChannelLength);
        writer.Write(Window);
        writer.Write(BarSeconds);
        writer.Write(PivotBars);
        writer.Write(ClassBars);
        writer.Write(ClassBarSeconds);
        var (low, high) = Enabled.Bits;
        writer.Write(low);
        writer.Write(high);
        Table.Save(writer, Enabled);
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

    private int Locate(int pattern, string parameter)
    {
        var definition = Catalogue.All[pattern];
        return definition.Find(parameter) is >= 0 and var place
            ? place
            : throw new ArgumentException($"{definition.Name} has no parameter {parameter}.", nameof(parameter));
    }

    private static string? Among(double value, double min, double max, string name) =>
        value >= min && value <= max ? null : string.Create(null, $"{name}: {value} is not in {min} to {max}");
}
