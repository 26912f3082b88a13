using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>What every pattern of the registry must hold.</summary>
public sealed class PatternPropertyTests
{
    private static readonly List<PackedTick> Ticks = Busy.Series(21, 30_000);

    private static readonly List<Sighting> Found = PatternRun.Find(Busy.All, Ticks);

    public static TheoryData<string> Names => [.. PatternCatalogue.BuiltIn.Names];

    [Fact]
    public void Every_pattern_is_seen_in_the_series_of_these_tests()
    {
        var seen = Found.Select(static found => found.Pattern).ToHashSet();
        var missing = PatternCatalogue.BuiltIn.Names.Where(name => !seen.Contains(name)).ToList();
        Assert.True(missing.Count == 0, string.Join(' ', missing));
    }

    [Fact]
    public void Every_detection_has_a_score_a_horizon_and_finite_evidence()
    {
        foreach (var found in Found)
        {
            Assert.InRange(found.Score, 0, 1);
            Assert.True(found.HorizonSeconds > 0, found.Pattern);
            Assert.All(found.Evidence.Split(' '), value =>
                Assert.True(double.IsFinite(double.Parse(value)), $"{found.Pattern}: {found.Evidence}")
            );
            Assert.Equal(
                PatternCatalogue.BuiltIn.All[PatternCatalogue.BuiltIn.Find(found.Pattern)].IsNeutral,
                found.Direction == SignalDirection.Neutral
            );
        }
    }

    [Fact]
    public void Nothing_is_found_in_nothing_and_in_a_market_that_does_not_move()
    {
        var still = PatternParameters.Default with { BarSeconds = 1 };
        Assert.Empty(PatternRun.Find(still, []));
        var flat = Enumerable
            .Range(0, 4_000)
            .Select(static i => new PackedTick
            {
                TimeMicros = i * 250_000L,
                Symbol = 0,
                Kind = i % 2 == 0 ? TickKind.Trade : TickKind.Quote,
                Price = Price.FromNanos(100_100_000_000),
                Size = Quantity.FromRaw(i % 2 == 0 ? 100_000_000 : 0),
                Bid = Price.FromNanos(i % 2 == 0 ? 0 : 100_000_000_000),
                Ask = Price.FromNanos(i % 2 == 0 ? 0 : 100_200_000_000),
                BidSize = Quantity.FromRaw(i % 2 == 0 ? 0 : 100_000_000),
                AskSize = Quantity.FromRaw(i % 2 == 0 ? 0 : 100_000_000),
            })
            .ToList();
        Assert.Empty(PatternRun.Find(still, flat));
    }

    [Fact]
    public void Is_quiet_for_its_cool_down_and_not_longer()
    {
        const long Quiet = 20 * EventTime.MicrosPerSecond;
        var parameters = PatternCatalogue.BuiltIn.All.Aggregate(Busy.All, static (with, pattern) =>
            with.With(pattern.Index, PatternParameter.Cooldown, 20)
        );
        var times = PatternRun
            .Find(parameters, Ticks)
            .GroupBy(static found => found.Pattern, static found => Ticks[found.Tick].TimeMicros)
            .ToDictionary(static group => group.Key, static group => group.ToList());
        Assert.All(times, static pattern =>
            Assert.All(pattern.Value.Zip(pattern.Value.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= Quiet))
        );

        // Candlesticks and gaps know nothing of earlier signals: each one found outside of a cool-down is there.
        foreach (var name in (string[])["gap", "cdl_engulfing", "cdl_longline", "breakdown"])
        {
            var expected = new List<long>();
            foreach (var time in Found.Where(found => found.Pattern == name).Select(static found => Ticks[found.Tick].TimeMicros))
            {
                if (expected.Count == 0 || time >= expected[^1] + Quiet)
                {
                    expected.Add(time);
                }
            }

            Assert.Equal(expected, times[name]);
        }
    }

    [Fact]
    public void Takes_the_largest_quantities_there_are()
    {
        var huge = Quantity.FromRaw(long.MaxValue);
        var ticks = Ticks[..3_000]
            .ConvertAll(tick => tick with { Size = tick.Kind == TickKind.Trade ? huge : default, BidSize = huge, AskSize = huge });
        Assert.All(PatternRun.Find(Busy.All, ticks), static found => Assert.InRange(found.Score, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Does_not_depend_on_the_unit_of_prices_and_quantities(string name)
    {
        var scaled = Ticks[..6_000]
            .ConvertAll(static tick =>
                tick with
                {
                    Price = Price.FromNanos(tick.Price.Nanos * 16),
                    Bid = Price.FromNanos(tick.Bid.Nanos * 16),
                    Ask = Price.FromNanos(tick.Ask.Nanos * 16),
                    Size = Quantity.FromRaw(tick.Size.Raw * 8),
                    BidSize = Quantity.FromRaw(tick.BidSize.Raw * 8),
                    AskSize = Quantity.FromRaw(tick.AskSize.Raw * 8),
                }
            );
        Assert.Equal(
            PatternRun.Find(Busy.Only(name), Ticks[..6_000]).Select(static found => (found.Tick, found.Direction, found.Score)),
            PatternRun.Find(Busy.Only(name), scaled).Select(static found => (found.Tick, found.Direction, found.Score))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_the_same_alone_and_among_all(string name) =>
        Assert.Equal(Found.Where(found => found.Pattern == name && found.Tick < 8_000), PatternRun.Find(Busy.Only(name), Ticks[..8_000]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Goes_on_from_a_state_saved_at_any_tick(int seed)
    {
        var random = new Random(seed);
        var ticks = Busy.Ticks(seed, 4_000);
        var patterns = new SymbolPatterns(Busy.All);
        var found = new List<Sighting>();
        var room = new Detection[PatternCatalogue.BuiltIn.Count];
        for (var i = 0; i < ticks.Count; i++)
        {
            if (random.Next(25) == 0)
            {
                var saved = PatternRun.Save(patterns);
                patterns = SymbolPatterns.Restore(Busy.All, saved);
                Assert.Equal(saved, PatternRun.Save(patterns));
            }

            PatternRun.Take(patterns, ticks[i], i, room, found);
        }

        Assert.Equal(PatternRun.Find(Busy.All, ticks), found);
    }

    [Fact]
    public void Refuses_a_state_that_is_torn_or_of_other_parameters()
    {
        var patterns = new SymbolPatterns(Busy.All);
        Busy.Ticks(4, 800).ForEach(tick => patterns.Apply(tick, new Detection[PatternCatalogue.BuiltIn.Count]));
        var saved = PatternRun.Save(patterns);
        for (var length = 0; length < saved.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(Busy.All, saved.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(Busy.All, [.. saved, 0]));
        foreach (
            var other in (PatternParameters[])
                [
                    Busy.All.Set("sweep", "MinLevels", 4),
                    Busy.All.Set("cdl_morningstar", "Penetration", 0.4),
                    Busy.All with
                    {
                        BarSeconds = 2,
                    },
                    Busy.All with
                    {
                        PivotBars = 3,
                    },
                    Busy.All with
                    {
                        Enabled = Busy.All.Enabled.With(PatternCatalogue.BuiltIn.Find("gap"), runs: false),
                    },
                ]
        )
        {
            Assert.Throws<InvalidDataException>(() => SymbolPatterns.Restore(other, saved));
        }
    }

    [Theory]
    [InlineData("breakdown", "Lookback", 120, 31)]
    [InlineData("range", "Lookback", 120, 31)]
    [InlineData("bull_flag", "PoleBars", 120, 31)]
    public void Looks_back_as_far_as_it_is_told_in_a_ring_of_any_size(string name, string parameter, double far, double near)
    {
        // Beside another pattern that looks further back the ring is longer; what is found must be the same.
        foreach (var bars in (double[])[near, far])
        {
            var alone = Busy.Only(name).Set(name, parameter, bars);
            var beside = alone with { Enabled = PatternSelection.Of(name, "bear_flag") };
            Assert.Equal(
                PatternRun.Find(alone, Ticks[..12_000]),
                PatternRun.Find(beside.Set("bear_flag", "PoleBars", 120), Ticks[..12_000]).Where(found => found.Pattern == name)
            );
        }
    }

    [Fact]
    public void A_parameter_of_a_pattern_that_does_not_run_does_not_matter_to_a_state()
    {
        var with = Busy.Only("gap");
        var saved = PatternRun.Save(new SymbolPatterns(with));
        Assert.Equal(saved, PatternRun.Save(SymbolPatterns.Restore(with.Set("sweep", "MinLevels", 9), saved)));
    }

    [Fact]
    public void Allocates_nothing_per_tick()
    {
        var ticks = Busy.Ticks(5, 20_000).ToArray();
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        var patterns = new SymbolPatterns(Busy.All);
        var signals = 0;
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                foreach (ref readonly var tick in ticks.AsSpan())
                {
                    signals += patterns.Apply(tick, found);
                }
            })
        );
        Assert.True(signals > 1_000);
    }

    [Theory]
    [InlineData("usdm_btcusdt_20240808", 124)]
    [InlineData("spot_btcusdt_20240808", 88)]
    [InlineData("cm_ethusd_perp_20240808", 70)]
    public void Gives_tens_of_signals_of_a_capture_and_not_thousands(string capture, int signals)
    {
        var counts = PatternRun
            .Find(PatternParameters.Default, Samples.Capture(capture, out _))
            .CountBy(static found => found.Pattern)
            .ToList();
        Assert.All(counts, static count => Assert.InRange(count.Value, 1, 60));
        Assert.Equal(signals, counts.Sum(static count => count.Value));
    }
}
