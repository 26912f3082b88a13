using System.Text.Json;
using AITrader.Domain.Orders;
using AITrader.Trading.Decisions;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Decisions;

public sealed class DecisionBasisTests
{
    private static readonly DecisionInput Input = new()
    {
        Terms = Make.Terms,
        Pattern = "ema_cross",
        Direction = 1,
        PatternScore = 0.8123456789,
        Price = 60_123.4m,
        Bid = 60_123.3m,
        Ask = null,
        EmaFast = 60_120.123456789,
        EmaSlow = 60_100.1,
        Rsi = 61.7,
        Atr = 3.3,
        Trades = 500,
        Forecast = new ForecastReading(60_200.5, 60_123.4, 0.75, "race"),
        Sentiment = null,
        SentimentAbsence = "no model",
        EventTime = Make.At(12.345678),
        LastOrderAt = Make.At(2),
        Exposure = -0.5m,
    };

    public static TheoryData<DecisionInput> Inputs { get; } =
    [
        Input,
        Input with
        {
            Forecast = null,
            ForecastAbsence = "late",
            Sentiment = new SentimentInput(-0.3, "news"),
            SentimentAbsence = "",
        },
        Input with
        {
            EmaFast = double.NaN,
            Rsi = double.PositiveInfinity,
            Terms = null,
        },
        Input with
        {
            Objection = Denial.Of("STALE_SIGNAL", ("age", TimeSpan.FromSeconds(11)), ("max", TimeSpan.FromSeconds(10))),
        },
        Input with
        {
            Direction = -1,
            Trades = 3,
            LastOrderAt = null,
        },
    ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_decision_made_again_from_its_record_is_the_same_in_every_figure(DecisionInput input)
    {
        var rules = new DecisionRules { OrderType = OrderType.Limit, CoolDown = TimeSpan.FromMilliseconds(1500) };
        var decided = DecisionModel.Decide(input, rules);
        var stored = JsonDocument.Parse(new DecisionBasis(input, rules).Write().GetRawText()).RootElement;

        var again = Recompute(DecisionBasis.Read(stored), decided);
        Assert.Empty(again.Differences);
        Assert.Equal(decided.Order, again.Decision.Order);
        Assert.Equal(decided.Factors, again.Decision.Factors);
        Assert.Equal(decided.Flips, again.Decision.Flips);
    }

    [Fact]
    public void What_does_not_follow_from_the_record_is_named()
    {
        var decided = DecisionModel.Decide(Input, DecisionRules.Default);
        var tampered = new DecisionBasis(Input with { PatternScore = 0.1 }, DecisionRules.Default);
        Assert.Contains(Recompute(tampered, decided).Differences, difference =>
            difference
            == FormattableString.Invariant($"pattern: {decided.Factors[0].Contribution} was stored, 0.045 follows from the record")
        );
    }

    private static RecomputedDecision Recompute(DecisionBasis record, Decision decided) =>
        record.Recompute(
            decided.Action,
            (double)decided.Score,
            decided.Reason,
            decided.Factors.ToDictionary(static factor => factor.Name, static factor => factor.Contribution)
        );
}
