using System.Text.Json;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Aggregation;

public sealed class AggregationTests
{
    private static readonly AggregationRules Rules = AggregationRules.Default;

    private static readonly DecisionInput Bullish = new()
    {
        Terms = Make.Terms,
        Pattern = "ema_cross",
        Direction = 1,
        PatternScore = 0.6,
        Price = 60_000m,
        EmaFast = 60_001,
        EmaSlow = 60_000,
        Rsi = 60,
        Atr = 2,
        Trades = 500,
        EventTime = Make.At(100),
        Exposure = 0m,
    };

    private static readonly string[] Patterns = ["ema_cross", "breakout", "vwap_deviation", "rsi_turn"];

    private static readonly Gen<RecentSignal> Signals =
        from pattern in Gen.Elements(Patterns)
        from direction in Gen.Elements(-1, 1)
        from score in Gen.Choose(0, 1000)
        from millis in Gen.Choose(0, 100_000)
        from repeat in Gen.Elements(false, false, false, true)
        select new RecentSignal(pattern, direction, score / 1000d, Make.At(millis / 1000d), repeat);

    private static readonly Gen<RecentSignal[]> Lists = Signals
        .ListOf()
        .Select(static list => list.OrderBy(static one => one.At).ToArray());

    [Theory]
    [InlineData(0.999999, true)]
    [InlineData(1, false)]
    public void A_signal_of_the_same_pattern_and_direction_is_a_repeat_within_the_window(double age, bool expected)
    {
        var before = new RecentSignal("ema_cross", 1, 0.5, Make.At(100 - age), IsRepeat: false);
        var decision = DecisionModel.Decide(Bullish with { Recent = [before] }, DecisionRules.Default);
        Assert.Equal(expected ? DecisionAction.Hold : DecisionAction.Buy, decision.Action);
        Assert.Equal(
            expected,
            decision.Reason == $"REPEATED_SIGNAL at={before.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff}Z window=1000ms"
        );
    }

    [Fact]
    public void Other_patterns_and_the_other_direction_are_no_repeats_and_a_repeat_does_not_begin_the_window_anew()
    {
        Assert.Equal(DecisionAction.Buy, Decide(new("breakout", 1, 0.5, Make.At(99.9), IsRepeat: false)));
        Assert.Equal(DecisionAction.Buy, Decide(new("ema_cross", -1, 0.5, Make.At(99.9), IsRepeat: false)));
        Assert.Equal(DecisionAction.Buy, Decide(new("ema_cross", 1, 0.5, Make.At(99.9), IsRepeat: true)));
        Assert.Equal(DecisionAction.Hold, Decide(new("ema_cross", 1, 0.5, Make.At(99.9), IsRepeat: false)));
    }

    [Fact]
    public void What_fires_all_the_time_is_heard_once_in_every_window()
    {
        var heard = new List<RecentSignal>();
        for (var i = 0; i < 100; i++)
        {
            var at = Make.At(i * 0.1);
            var isRepeat = Repeats.Original(heard, "ema_cross", 1, at, Rules) is not null;
            heard.Add(new RecentSignal("ema_cross", 1, 0.5, at, isRepeat));
        }

        Assert.Equal(10, heard.Count(static one => !one.IsRepeat));
    }

    [Fact]
    public void Agreement_raises_the_score_and_contradiction_lowers_it_by_what_the_factor_says()
    {
        var alone = DecisionModel.Decide(Bullish, DecisionRules.Default);
        var agreed = DecisionModel.Decide(
            Bullish with
            {
                Recent = [new("breakout", 1, 0.9, Make.At(85), IsRepeat: false), new("rsi_turn", 1, 0.6, Make.At(100), IsRepeat: false)],
            },
            DecisionRules.Default
        );
        var opposed = DecisionModel.Decide(
            Bullish with
            {
                Recent = [new("breakout", -1, 0.9, Make.At(85), IsRepeat: false)],
            },
            DecisionRules.Default
        );

        // (0.9 x 1/2 + 0.6) / 1.5 = 0.7, and -0.9 x 1/2 / 1.5 = -0.3; weight 0.05.
        Assert.Equal(alone.Score + 0.035m, agreed.Score);
        Assert.Equal(alone.Score - 0.015m, opposed.Score);
        Assert.Equal("bullish=2 bearish=0", agreed.Factors.Single(static factor => factor.Name == "confluence").Note);
        Assert.Equal("absent: no other pattern has spoken", alone.Factors.Single(static factor => factor.Name == "confluence").Note);
    }

    [Fact]
    public void A_pattern_counts_by_its_newest_signal_and_nothing_later_than_the_signal_counts()
    {
        RecentSignal[] recent =
        [
            new("breakout", 1, 0.9, Make.At(90), IsRepeat: false),
            new("breakout", -1, 0.6, Make.At(100), IsRepeat: false),
            new("rsi_turn", 1, 1, Make.At(100.000001), IsRepeat: false),
            new("vwap_deviation", 1, 1, Make.At(70), IsRepeat: false),
        ];
        var of = Confluence.Of(recent, "ema_cross", Make.At(100), Rules);
        Assert.Equal((-0.4, 0, 1), (Math.Round(of.Value, 9), of.Bullish, of.Bearish));
    }

    [Fact]
    public void Confluence_mirrors_and_ignores_the_order_and_its_own_pattern() => Property.Holds(Lists, static recent =>
        {
            var of = Confluence.Of(recent, "ema_cross", Make.At(100), Rules);
            var mirrored = Confluence.Of(
                [.. recent.Select(static one => one with { Direction = -one.Direction })],
                "ema_cross",
                Make.At(100),
                Rules
            );
            Assert.Equal(-of.Value, mirrored.Value);
            Assert.Equal((of.Bullish, of.Bearish), (mirrored.Bearish, mirrored.Bullish));
            Assert.Equal(of, Confluence.Of([.. recent.Where(static one => one.Pattern != "ema_cross")], "ema_cross", Make.At(100), Rules));
            Assert.InRange(Math.Abs(of.Value) * Rules.ConfluenceFull, 0, Patterns.Length - 1);
        });

    [Fact]
    public void Contributions_add_up_and_a_decision_made_again_from_its_record_is_the_same() => Property.Holds(Lists, static recent =>
        {
            var input = Bullish with { Recent = recent, Regime = new RegimeReading(0.4, -1, 1.2) };
            var decision = DecisionModel.Decide(input, DecisionRules.Default);
            Assert.Equal(decision.Score, decision.Factors.Sum(static factor => factor.Contribution));
            Assert.InRange(decision.Score, -1m, 1m);
            var stored = JsonDocument.Parse(new DecisionBasis(input, DecisionRules.Default).Write().GetRawText()).RootElement;
            var again = DecisionBasis
                .Read(stored)
                .Recompute(
                    decision.Action,
                    (double)decision.Score,
                    decision.Reason,
                    decision.Factors.ToDictionary(static factor => factor.Name, static factor => factor.Contribution)
                );
            Assert.Empty(again.Differences);
            Assert.Equal(decision.Factors, again.Decision.Factors);
        });

    [Fact]
    public void A_record_from_before_signals_were_seen_together_still_says_what_it_said()
    {
        const string Old = """
            {"input":{"terms":null,"pattern":"ema_cross","direction":1,"pattern_score":0.5,"price":100,"ema_fast":1,"ema_slow":1,"rsi":50,
            "atr":1,"trades":500,"forecast":null,"forecast_absence":"late","sentiment":null,"sentiment_absence":"","event_time":"2024-08-08T12:00:00+00:00","exposure":0},
            "rules":{"weights":{"pattern":0.45,"technicals":0.25,"forecast":0.20,"sentiment":0.10},"threshold":0.3}}
            """;
        var basis = DecisionBasis.Read(JsonDocument.Parse(Old).RootElement);
        var again = basis.Recompute(
            DecisionAction.Hold,
            0.225,
            "SCORE_BELOW_THRESHOLD score=0.225 threshold=0.3",
            new Dictionary<string, decimal> { ["pattern"] = 0.225m }
        );
        Assert.Empty(again.Differences);
    }

    private static DecisionAction Decide(RecentSignal before) =>
        DecisionModel.Decide(Bullish with { Recent = [before] }, DecisionRules.Default).Action;
}
