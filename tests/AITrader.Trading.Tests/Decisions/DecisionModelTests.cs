using AITrader.Domain.Orders;
using AITrader.Trading.Decisions;

namespace AITrader.Trading.Tests.Decisions;

public sealed class DecisionModelTests
{
    private static readonly DecisionRules Rules = DecisionRules.Default with { Weights = new FactorWeights(0.45m, 0.25m, 0.20m, 0.10m) };

    private static readonly DecisionInput Bullish = new()
    {
        Terms = Make.Terms,
        Pattern = "ema_cross",
        Direction = 1,
        PatternScore = 0.6,
        Price = 60_000m,
        Bid = 59_999.9m,
        Ask = 60_000.1m,
        EmaFast = 60_001,
        EmaSlow = 60_000,
        Rsi = 60,
        Atr = 2,
        Trades = 500,
        Forecast = new ForecastReading(60_030, 60_000, 1, "fresh"),
        SentimentAbsence = "no model installed",
        EventTime = Make.Start,
        Exposure = 0m,
    };

    [Fact]
    public void Weighs_each_factor_and_the_contributions_add_up_to_the_score()
    {
        var decision = DecisionModel.Decide(Bullish, Rules);

        // pattern .45 x .6, technicals .25 x (1/2 + 10/50) / 2, forecast .20 x 5 bps / 10 bps, sentiment absent.
        Assert.Equal([0.27m, 0.0875m, 0.1m, 0m, 0m, 0m, 0m, 0m], decision.Factors.Select(static factor => factor.Contribution));
        Assert.Equal(
            ["pattern", "technicals", "forecast", "pattern_class", "sentiment", "confluence", "regime", "advice"],
            decision.Factors.Select(static factor => factor.Name)
        );
        Assert.Equal(0.4575m, decision.Score);
        Assert.Equal("absent: no model installed", decision.Factors[4].Note);
        Assert.Equal("SCORE_REACHED score=0.4575 threshold=0.3", decision.Reason);
    }

    [Fact]
    public void The_class_of_the_last_bars_counts_by_its_lean()
    {
        var rules = Rules with { Weights = Rules.Weights with { PatternClass = 0.03m } };
        var known = Bullish with { PatternClass = new PatternClassInput(-0.5, "cnn-pattern version 1: price_action_down 0.6") };
        var decision = DecisionModel.Decide(known, rules);
        Assert.Equal(
            new Factor(Factors.PatternClass, 0.03m, -0.5m, -0.015m, "cnn-pattern version 1: price_action_down 0.6"),
            decision.Factors[3]
        );
        Assert.Equal(0.4425m, decision.Score);
        var without = DecisionModel.Decide(Bullish with { PatternClassAbsence = "too few bars" }, rules).Factors[3];
        Assert.Equal((false, 0m, "absent: too few bars"), (without.IsPresent, without.Contribution, without.Note));
    }

    [Fact]
    public void Weights_of_the_defaults_add_up_to_one() => Assert.Equal(1m, FactorWeights.Default.Sum());

    [Fact]
    public void Sizes_by_notional_in_whole_lots()
    {
        var plan = DecisionModel.Decide(Bullish, Rules).Order!;
        Assert.Equal(new OrderPlan(Side.Buy, OrderType.Market, TimeInForce.Day, 0.166m, null), plan);
    }

    [Fact]
    public void Prices_a_limit_order_at_the_other_side()
    {
        var rules = Rules with { OrderType = OrderType.Limit, TimeInForce = TimeInForce.Ioc };
        Assert.Equal(60_000.1m, DecisionModel.Decide(Bullish, rules).Order!.LimitPrice);
        Assert.Equal(60_000m, DecisionModel.Decide(Bullish with { Ask = null }, rules).Order!.LimitPrice);
    }

    [Fact]
    public void Mirrors_for_a_bearish_signal()
    {
        var bearish = Bullish with
        {
            Direction = -1,
            EmaFast = 59_999,
            Rsi = 40,
            Forecast = new ForecastReading(59_970, 60_000, 1, "fresh"),
        };
        var decision = DecisionModel.Decide(bearish, Rules);
        Assert.Equal((DecisionAction.Sell, -0.4575m, Side.Sell), (decision.Action, decision.Score, decision.Order!.Side));
    }

    [Theory]
    [InlineData(0.3, DecisionAction.Buy)]
    [InlineData(0.299999999, DecisionAction.Hold)]
    [InlineData(-0.299999999, DecisionAction.Hold)]
    [InlineData(-0.3, DecisionAction.Sell)]
    public void Acts_from_the_threshold_on(double value, DecisionAction expected)
    {
        var rules = Rules with { Weights = new FactorWeights(1m, 0m, 0m, 0m) };
        var decision = DecisionModel.Decide(Bullish with { Direction = Math.Sign(value), PatternScore = Math.Abs(value) }, rules);
        Assert.Equal(expected, decision.Action);
    }

    [Fact]
    public void Goes_on_without_a_forecast_and_says_why()
    {
        var decision = DecisionModel.Decide(Bullish with { Forecast = null, ForecastAbsence = "late after 60 ms" }, Rules);
        Assert.Equal((0m, "absent: late after 60 ms"), (decision.Factors[2].Contribution, decision.Factors[2].Note));
        Assert.Equal(0.3575m, decision.Score);
    }

    [Fact]
    public void A_stale_forecast_counts_less() =>
        Assert.Equal(
            0.025m,
            DecisionModel.Decide(Bullish with { Forecast = Bullish.Forecast! with { Freshness = 0.25 } }, Rules).Factors[2].Contribution
        );

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Values_stay_within_bounds_whatever_comes_in(double odd)
    {
        var decision = DecisionModel.Decide(
            Bullish with
            {
                Rsi = odd,
                EmaFast = odd,
                PatternScore = odd,
                Forecast = new ForecastReading(odd, 0, odd, "odd"),
            },
            Rules
        );
        Assert.All(decision.Factors, static factor => Assert.InRange(factor.Value, -1m, 1m));
        Assert.InRange(decision.Score, -1m, 1m);
    }

    [Fact]
    public void Holds_for_a_reason()
    {
        AssertHold("WARM_UP trades=49 needed=50", Bullish with { Trades = 49 });
        AssertHold("COOL_DOWN until=2024-08-08T12:00:01.000000Z", Bullish with { LastOrderAt = Make.At(-4) });
        AssertHold("BELOW_ONE_LOT notional=10000 price=60000000 lot=0.001", Bullish with { Price = 60_000_000m, Terms = Make.Terms });
        AssertHold("UNKNOWN_INSTRUMENT", Bullish with { Terms = null });
        AssertHold("POSITION_LIMIT exposure=0.4 after=0.566 max_notional=30000", Bullish with { Exposure = 0.4m });
    }

    [Fact]
    public void A_cool_down_is_over_when_its_time_has_come() =>
        Assert.Equal(DecisionAction.Buy, DecisionModel.Decide(Bullish with { LastOrderAt = Make.At(-5) }, Rules).Action);

    [Fact]
    public void The_position_limit_blocks_nothing_that_reduces() =>
        Assert.Equal(DecisionAction.Buy, DecisionModel.Decide(Bullish with { Exposure = -9m }, Rules).Action);

    [Fact]
    public void Names_what_would_have_flipped_it()
    {
        var decision = DecisionModel.Decide(Bullish, Rules);
        var flip = Assert.Single(decision.Flips, static flip => flip.Factor == "pattern");
        Assert.Equal((0.249999997m, DecisionAction.Hold), (flip.ValueNeeded, flip.Action));

        // Technicals alone could: (0.3 - 0.37) / 0.25; the forecast too; what is absent could not.
        Assert.Equal(["pattern", "technicals", "forecast"], decision.Flips.Select(static flip => flip.Factor));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_flip_named_does_flip_and_no_nearer_value_does(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var input = Bullish with
            {
                Direction = random.Next(2) == 0 ? 1 : -1,
                PatternScore = random.NextDouble(),
                EmaFast = 60_000 + (random.NextDouble() * 4) - 2,
                Rsi = random.NextDouble() * 100,
                Forecast = new ForecastReading(60_000 + (random.NextDouble() * 120) - 60, 60_000, 1, "fresh"),
            };
            var decision = DecisionModel.Decide(input, Rules);
            Assert.Equal(decision.Score, decision.Factors.Sum(static factor => factor.Contribution));
            foreach (var flip in decision.Flips)
            {
                var factor = decision.Factors.Single(found => found.Name == flip.Factor);
                Assert.NotEqual(decision.Action, ActionWith(decision, factor, flip.ValueNeeded));
                Assert.Equal(flip.Action, ActionWith(decision, factor, flip.ValueNeeded));
                var nearer = flip.ValueNeeded + (Math.Sign(factor.Value - flip.ValueNeeded) * 0.00000005m);
                Assert.Equal(decision.Action, ActionWith(decision, factor, nearer));
            }
        }
    }

    private static DecisionAction ActionWith(Decision decision, Factor factor, decimal value)
    {
        var score = decision.Score - factor.Contribution + decimal.Round(factor.Weight * value, 9, MidpointRounding.ToEven);
        return score >= Rules.Threshold ? DecisionAction.Buy
            : score <= -Rules.Threshold ? DecisionAction.Sell
            : DecisionAction.Hold;
    }

    private static void AssertHold(string reason, DecisionInput input)
    {
        var decision = DecisionModel.Decide(input, Rules);
        Assert.Equal((DecisionAction.Hold, reason), (decision.Action, decision.Reason));
        Assert.Null(decision.Order);
        Assert.Equal(8, decision.Factors.Count);
    }
}
