using System.Text.RegularExpressions;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.State;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>A pattern is one file. This one has its definition, its parameters, its factory and its detector below, and nothing else in the
/// solution knows of it.</summary>
public sealed partial class CatalogueTests
{
    private static readonly PatternCatalogue Extended = new([.. PatternCatalogue.BuiltIn.All, NthTradeDetector.Definition]);

    private static readonly List<PackedTick> Ticks = Samples.Walk(5, 3_000);

    [Fact]
    public void Takes_a_pattern_of_somebody_else()
    {
        var parameters = new PatternParameters(Extended);
        var found = PatternRun.Find(parameters, Ticks);
        var trades = Ticks.Select((tick, i) => (tick, i)).Where(static at => at.tick.Kind == TickKind.Trade).Select(static at => at.i);
        Assert.Equal(
            trades.Where(static (_, trade) => (trade + 1) % 100 == 0),
            found.Where(static sighting => sighting.Pattern == "nth_trade").Select(static sighting => sighting.Tick)
        );
        Assert.Equal(PatternRun.Find(PatternParameters.Default, Ticks), found.Where(static sighting => sighting.Pattern != "nth_trade"));
    }

    [Fact]
    public void Takes_its_settings_as_those_of_any_other()
    {
        Assert.True(PatternSelection.TryCreate(Extended, ["microstructure.nth_*"], out var only, out _));
        Assert.False(PatternSelection.TryCreate(PatternCatalogue.BuiltIn, ["microstructure.nth_*"], out _, out _));
        var parameters = new PatternParameters(Extended) with { Enabled = only };
        Assert.Equal(
            Ticks.Count(static tick => tick.Kind == TickKind.Trade) / 7,
            PatternRun.Find(parameters.Set("nth_trade", "N", 7), Ticks).Count
        );
        Assert.Equal("nth_trade:N: 0 is not in 1 to 1000", parameters.Set("nth_trade", "N", 0).FindProblem());
    }

    [Fact]
    public void Goes_on_with_its_state_after_a_restart()
    {
        var parameters = new PatternParameters(Extended);
        var (before, after) = (new List<Sighting>(), new List<Sighting>());
        var room = new Detection[Extended.Count];
        var patterns = new SymbolPatterns(parameters);
        for (var i = 0; i < Ticks.Count; i++)
        {
            if (i == Ticks.Count / 2)
            {
                patterns = SymbolPatterns.Restore(parameters, PatternRun.Save(patterns));
            }

            PatternRun.Take(patterns, Ticks[i], i, room, i < Ticks.Count / 2 ? before : after);
        }

        Assert.NotEmpty(after);
        Assert.Equal(PatternRun.Find(parameters, Ticks), before.Concat(after));
    }

    [Fact]
    public void Refuses_what_no_catalogue_can_be()
    {
        PatternDefinition[] twice = [NthTradeDetector.Definition, NthTradeDetector.Definition];
        Assert.Throws<ArgumentException>(() => new PatternCatalogue(twice));
        var many = Enumerable.Range(0, 129).Select(static i => NthTradeDetector.Definition with { Name = $"p{i}" });
        Assert.Throws<ArgumentException>(() => new PatternCatalogue(many));
        var wordy = NthTradeDetector.Definition with { Evidence = ["a", "b", "c", "d", "e", "f", "g"] };
        Assert.Throws<ArgumentException>(() => new PatternCatalogue([wordy]));
        var channels = PatternCatalogue.BuiltIn.All.Append(NthTradeDetector.Definition with { ChannelParameter = "N" });
        Assert.Throws<ArgumentException>(() => new PatternCatalogue(channels));
    }

    [Fact]
    public void Each_pattern_that_comes_with_the_library_is_named_in_its_own_file_and_in_the_catalogue_only()
    {
        var library = Path.Combine(SharedData.RepositoryRoot, "libraries", "AITrader.Signals");
        var sources = Directory
            .EnumerateFiles(SharedData.RepositoryRoot, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !NotOurs().IsMatch(Path.GetRelativePath(SharedData.RepositoryRoot, file)))
            .ToDictionary(static file => file, File.ReadAllText);
        var detectors = Directory
            .EnumerateFiles(Path.Combine(library, "Patterns"), "*Detector.cs", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) is not ("Detector.cs" or "CandleDetector.cs"))
            .ToList();
        Assert.True(detectors.Count >= 18);
        Assert.All(detectors, file =>
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var users = sources.Where(source => Regex.IsMatch(source.Value, $@"\b{name}\b")).Select(static source => source.Key);
            string[] expected = [file, Path.Combine(library, "Catalogue", "PatternCatalogue.cs")];
            Assert.Equal(expected.Order(StringComparer.Ordinal), users.Order(StringComparer.Ordinal));
        });
    }

    [GeneratedRegex(@"^(tests|artifacts|benchmarks|frontend)[/\\]|[/\\]obj[/\\]")]
    private static partial Regex NotOurs();

    /// <summary>Every nth trade of a symbol.</summary>
    private sealed class NthTradeDetector(PatternValues values) : TradeDetector(values)
    {
        internal static PatternDefinition Definition { get; } =
            new()
            {
                Name = "nth_trade",
                Family = PatternFamily.Microstructure,
                Input = PatternInput.Tick,
                Create = static values => new NthTradeDetector(values),
                Evidence = ["trades"],
                Summary = "every nth trade",
                Source = "a test",
                Parameters =
                [
                    new("N", ParameterUnit.Count, 100, 1, 1_000, "trades from one to the next"),
                    .. PatternDefinition.TickEnds(cooldown: 0, horizon: 1),
                ],
            };

        private readonly int _n = values.Count("N");
        private long _trades;

        internal override void Update(in PackedTick trade, int side, SymbolState state, ref Detections found)
        {
            if (++_trades % _n == 0)
            {
                found.TryAdd(Pattern, trade.TimeMicros, SignalScore.Toward(1), 1, _trades);
            }
        }

        internal override void Save(StateWriter writer)
        {
            writer.Write(_trades);
        }

        internal override void Load(ref StateReader reader)
        {
            _trades = reader.ReadInt64();
        }
    }
}
