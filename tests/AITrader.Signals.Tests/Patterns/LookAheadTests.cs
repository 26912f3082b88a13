using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.Signals.Tests.Indicators;
using Xunit.Sdk;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>No pattern and no indicator knows the future: neither its end nor its content changes what was said before.</summary>
public sealed class LookAheadTests
{
    private static readonly List<PackedTick> Ticks = Busy.Series(31, 5_000);

    public static TheoryData<string> Patterns => [.. PatternCatalogue.BuiltIn.Names];

    public static TheoryData<string> Indicators => [.. IndicatorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Pattern_passes_the_gate(string name)
    {
        Assert.NotEmpty(Sightings(Busy.Only(name), Ticks));
        LookAheadGate.Truncate(ticks => Sightings(Busy.Only(name), ticks), Ticks);
        LookAheadGate.Mutate(ticks => Sightings(Busy.Only(name), ticks), Ticks);
    }

    [Fact]
    public void All_patterns_together_pass_the_gate()
    {
        LookAheadGate.Truncate(static ticks => Sightings(Busy.All, ticks), Ticks);
        LookAheadGate.Mutate(static ticks => Sightings(Busy.All, ticks), Ticks);
    }

    [Theory]
    [MemberData(nameof(Indicators))]
    public void Indicator_of_bars_passes_the_gate(string name)
    {
        LookAheadGate.Truncate(ticks => Readings(name, ticks), Ticks);
        LookAheadGate.Mutate(ticks => Readings(name, ticks), Ticks);
    }

    [Fact]
    public void No_indicator_is_left_out()
    {
        var all = typeof(Sma)
            .Assembly.GetExportedTypes()
            .Where(static type =>
                type.Namespace == typeof(Sma).Namespace && type.GetMethods().Any(static method => method.Name == "Update")
            );
        Assert.All(all, static type =>
            Assert.Contains(IndicatorCases.All.Keys, name =>
                name == type.Name || name.StartsWith($"{type.Name} ", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Indicators_of_ticks_pass_the_gate()
    {
        LookAheadGate.Truncate(States, Ticks);
        LookAheadGate.Mutate(States, Ticks);
    }

    [Fact]
    public void Gate_refuses_who_looks_at_the_next_tick()
    {
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Truncate(PeeksOne, Ticks));
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Mutate(PeeksOne, Ticks));
    }

    [Fact]
    public void Gate_refuses_who_scales_by_the_whole_series()
    {
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Truncate(Normalises, Ticks));
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Mutate(Normalises, Ticks));
    }

    [Fact]
    public void Gate_refuses_pivots_that_are_reported_at_their_own_bar()
    {
        // A double top that dates its signal back to the second top, as a chart drawn afterwards does.
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Truncate(DatesBack, Ticks));
        Assert.ThrowsAny<XunitException>(static () => LookAheadGate.Mutate(DatesBack, Ticks));
    }

    private static List<(int, string)> Sightings(PatternParameters parameters, IReadOnlyList<PackedTick> ticks) =>
        PatternRun.Find(parameters, ticks).ConvertAll(static found => (found.Tick, found.ToString()));

    private static List<(int, string)> Readings(string name, IReadOnlyList<PackedTick> ticks)
    {
        var feed = IndicatorCases.All[name].Feed();
        var builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(1));
        var said = new List<(int, string)>();
        for (var i = 0; i < ticks.Count; i++)
        {
            if (builder.Update(ticks[i], out var closed))
            {
                feed.Update(BarInput.Of(closed));
                said.Add((i, $"{feed.IsReady} {NaiveSignals.Show([.. Enumerable.Range(0, feed.Outputs).Select(feed.Read)])}"));
            }
        }

        return said;
    }

    private static List<(int, string)> States(IReadOnlyList<PackedTick> ticks)
    {
        var state = new SymbolState(PatternParameters.Default.Periods);
        var said = new List<(int, string)>();
        for (var i = 0; i < ticks.Count; i++)
        {
            state.Apply(ticks[i]);
            said.Add(
                (
                    i,
                    NaiveSignals.Show(
                        state.EmaFast,
                        state.EmaSlow,
                        state.Rsi,
                        state.Atr,
                        state.Vwap,
                        state.Volume,
                        state.Mean,
                        state.StdDev,
                        state.ChannelHigh,
                        state.ChannelLow,
                        state.Last,
                        state.Bid.ToDouble(),
                        state.Ask.ToDouble()
                    )
                )
            );
        }

        return said;
    }

    private static List<(int, string)> PeeksOne(IReadOnlyList<PackedTick> ticks) =>
        [
            .. Enumerable
                .Range(0, ticks.Count)
                .Where(i => i + 1 < ticks.Count && ticks[i + 1].Price > ticks[i].Price)
                .Select(static i => (i, "will rise")),
        ];

    private static List<(int, string)> Normalises(IReadOnlyList<PackedTick> ticks)
    {
        var mean = ticks.Select(static tick => tick.Price.ToDouble()).DefaultIfEmpty().Average();
        return [.. ticks.Select((tick, i) => (i, NaiveSignals.Show(tick.Price.ToDouble() / mean)))];
    }

    private static List<(int, string)> DatesBack(IReadOnlyList<PackedTick> ticks) =>
        PatternRun.Find(Busy.Only("double_top"), ticks).ConvertAll(static found => (found.Tick - 8, found.Pattern));
}
