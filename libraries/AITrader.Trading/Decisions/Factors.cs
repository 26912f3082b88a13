using System.Globalization;

namespace AITrader.Trading.Decisions;

/// <summary>The factors of a decision. docs/formulas-trading.md, section Decision, has the same formulas.</summary>
public static class Factors
{
    /// <summary>Strength and direction of the pattern.</summary>
    public const string Pattern = "pattern";

    /// <summary>Trend and momentum.</summary>
    public const string Technicals = "technicals";

    /// <summary>Move that the forecast expects.</summary>
    public const string Forecast = "forecast";

    /// <summary>Class that a model gives the last bars.</summary>
    public const string PatternClass = "pattern_class";

    /// <summary>Sentiment of news and posts.</summary>
    public const string Sentiment = "sentiment";

    /// <summary>What the symbol's other patterns say.</summary>
    public const string Confluence = "confluence";

    /// <summary>State of the market.</summary>
    public const string Regime = "regime";

    /// <summary>Advice of a language model.</summary>
    public const string Advice = "advice";

    private const int Decimals = 9;
    private const double BpsPerUnit = 10_000d;

    /// <summary>All factors, in order: pattern, technicals, forecast, pattern class, sentiment, confluence, regime, advice.</summary>
    public static IReadOnlyList<Factor> Of(DecisionInput input, DecisionRules rules) =>
        [
            OfPattern(input, rules),
            OfTechnicals(input, rules),
            OfForecast(input, rules),
            OfPatternClass(input, rules),
            OfSentiment(input, rules),
            OfConfluence(input, rules),
            OfRegime(input, rules),
            OfAdvice(input, rules),
        ];

    private static Factor OfPattern(DecisionInput input, DecisionRules rules) =>
        Present(Pattern, rules.Weights.Pattern, input.Direction * Clamp(input.PatternScore), input.Pattern);

    // Trend: distance of the averages in units of the usual step. Momentum: RSI around its middle. Half each.
    private static Factor OfTechnicals(DecisionInput input, DecisionRules rules)
    {
        var trend = input.Atr > 0d ? Clamp((input.EmaFast - input.EmaSlow) / input.Atr) : 0d;
        var momentum = Clamp((input.Rsi - 50d) / 50d);
        var note = string.Create(CultureInfo.InvariantCulture, $"trend={Rounded(trend)} momentum={Rounded(momentum)}");
        return Present(Technicals, rules.Weights.Technicals, (trend + momentum) / 2d, note);
    }

    private static Factor OfForecast(DecisionInput input, DecisionRules rules)
    {
        if (input.Forecast is not { } forecast)
        {
            return Absent(Forecast, rules.Weights.Forecast, input.ForecastAbsence);
        }

        var moveBps = ((forecast.EndPrice / forecast.BasePrice) - 1d) * BpsPerUnit;
        var value = Clamp(moveBps / (double)rules.ForecastScaleBps) * Math.Clamp(forecast.Freshness, 0d, 1d);
        return Present(Forecast, rules.Weights.Forecast, value, forecast.Note);
    }

    private static Factor OfPatternClass(DecisionInput input, DecisionRules rules) =>
        input.PatternClass is { } known
            ? Present(PatternClass, rules.Weights.PatternClass, known.Lean, known.Note)
            : Absent(PatternClass, rules.Weights.PatternClass, input.PatternClassAbsence ?? string.Empty);

    private static Factor OfSentiment(DecisionInput input, DecisionRules rules) =>
        input.Sentiment is { } sentiment
            ? Present(Sentiment, rules.Weights.Sentiment, Clamp(sentiment.Score), sentiment.Note)
            : Absent(Sentiment, rules.Weights.Sentiment, input.SentimentAbsence);

    private static Factor OfConfluence(DecisionInput input, DecisionRules rules)
    {
        var others = Aggregation.Confluence.Of(input.Recent ?? [], input.Pattern, input.EventTime, rules.Together);
        return others.IsAny
            ? Present(
                Confluence,
                rules.Weights.Confluence,
                others.Value,
                FormattableString.Invariant($"bullish={others.Bullish} bearish={others.Bearish}")
            )
            : Absent(Confluence, rules.Weights.Confluence, "no other pattern has spoken");
    }

    private static Factor OfRegime(DecisionInput input, DecisionRules rules)
    {
        if (input.Regime is not { } regime)
        {
            return Absent(Regime, rules.Weights.Regime, "too few prices");
        }

        var state = regime.Classify(rules.Together).ToString().ToLowerInvariant();
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{state} efficiency={Rounded(regime.Efficiency)} step_ratio={Math.Round(regime.StepRatio, 3)}"
        );
        return Present(Regime, rules.Weights.Regime, regime.Value(rules.Together), note);
    }

    private static Factor OfAdvice(DecisionInput input, DecisionRules rules) =>
        input.Advice is { } advice
            ? Present(Advice, rules.Weights.Advice, advice.Value, advice.Note)
            : Absent(Advice, rules.Weights.Advice, input.AdviceAbsence ?? string.Empty);

    private static Factor Present(string name, decimal weight, double value, string note)
    {
        var rounded = Rounded(value);
        return new Factor(name, weight, rounded, decimal.Round(weight * rounded, Decimals, MidpointRounding.ToEven), note);
    }

    private static Factor Absent(string name, decimal weight, string why) =>
        new(name, weight, 0m, 0m, why.Length > 0 ? $"absent: {why}" : "absent") { IsPresent = false };

    private static decimal Rounded(double value) => (decimal)Math.Round(Clamp(value), Decimals, MidpointRounding.ToEven);

    // NaN counts as zero.
    private static double Clamp(double value) => double.IsNaN(value) ? 0d : Math.Clamp(value, -1d, 1d);
}
