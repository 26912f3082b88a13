using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Candlesticks;
using AITrader.Signals.Patterns.MeanReversion;
using AITrader.Signals.Patterns.Microstructure;
using AITrader.Signals.Patterns.Momentum;
using AITrader.Signals.Patterns.PriceAction;

namespace AITrader.Signals.Catalogue;

/// <summary>A registry of patterns, in the order in which a tick's detections are reported.</summary>
public sealed class PatternCatalogue
{
    /// <summary>Maximum number of patterns of a catalogue.</summary>
    public const int MaxPatterns = 128;

    private readonly PatternDefinition[] _definitions;
    private readonly string[] _names;

    /// <summary>A catalogue of these patterns; each gets its place as its index.</summary>
    /// <exception cref="ArgumentException">There are too many, two have one name or both set the channel, or one has more evidence than a
    /// detection
    /// holds.</exception>
    public PatternCatalogue(IEnumerable<PatternDefinition> definitions)
    {
        _definitions = [.. definitions.Select(static (definition, index) => definition with { Index = index })];
        _names = Array.ConvertAll(_definitions, static definition => definition.Name);
        if (_names.Length > MaxPatterns)
        {
            throw new ArgumentException($"{_names.Length} patterns are more than {MaxPatterns}.", nameof(definitions));
        }

        if (_names.Distinct(StringComparer.Ordinal).Count() < _names.Length)
        {
            throw new ArgumentException("Two patterns have one name.", nameof(definitions));
        }

        if (_definitions.Count(static definition => definition.ChannelParameter is not null) > 1)
        {
            throw new ArgumentException("Two patterns set the length of the one price channel.", nameof(definitions));
        }

        if (Array.Find(_definitions, static definition => definition.Evidence.Count > Detection.MaxEvidence) is { } excess)
        {
            throw new ArgumentException($"{excess.Name} has more than {Detection.MaxEvidence} evidence values.", nameof(definitions));
        }
    }

    /// <summary>Every pattern that comes with the library. Here, and nowhere else, a new one is named.</summary>
    public static PatternCatalogue BuiltIn { get; } =
        new([
            EmaCrossDetector.Definition,
            VwapDeviationDetector.Definition,
            BreakoutDetector.Definition,
            ZScoreDetector.Definition,
            ImbalanceBurstDetector.Definition,
            SweepDetector.Definition,
            AbsorptionDetector.Definition,
            SpreadShockDetector.Definition,
            VolumeSpikeDetector.Definition,
            MacdCrossDetector.Definition,
            RsiDivergenceDetector.Definition,
            BreakdownDetector.Definition,
            DoubleDetector.Top,
            DoubleDetector.Bottom,
            HeadAndShouldersDetector.Upright,
            HeadAndShouldersDetector.Inverse,
            TriangleDetector.Ascending,
            TriangleDetector.Descending,
            TriangleDetector.Symmetric,
            FlagDetector.Bull,
            FlagDetector.Bear,
            GapDetector.Definition,
            RangeDetector.Definition,
            .. CandlePatterns.Definitions,
        ]);

    /// <summary>Number of patterns: the most that one tick can bring.</summary>
    public int Count => _definitions.Length;

    /// <summary>Every pattern, by index.</summary>
    public IReadOnlyList<PatternDefinition> All => _definitions;

    /// <summary>Names, as messages carry them.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Names of a detector's evidence values.</summary>
    public IReadOnlyList<string> Evidence(int pattern) => _definitions[pattern].Evidence;

    /// <summary>Index of a pattern; -1 where there is none of that name.</summary>
    public int Find(string name) => Array.IndexOf(_names, name);
}
