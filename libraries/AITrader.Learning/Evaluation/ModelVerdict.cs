using System.Globalization;

namespace AITrader.Learning.Evaluation;

/// <summary>Whether a forecaster may go live.</summary>
/// <param name="GoesLive">Whether it beat the baseline on what it had not seen, and not by chance.</param>
/// <param name="Improvement">Share of the baseline's loss that it saved; below zero where it lost more. Null where the baseline lost
/// nothing.</param>
/// <param name="Test">The test of equal accuracy; the model is the first of the two.</param>
/// <param name="Reason">Both in words.</param>
public sealed record ModelVerdict(bool GoesLive, double? Improvement, DieboldMarianoResult Test, string Reason)
{
    /// <summary>Probability of such a result by chance up to which a model goes live, where nothing else is said.</summary>
    public const double UsualSignificance = 0.05;

    /// <summary>Judges a forecaster by its errors outside of what it was trained on.</summary>
    /// <param name="model">Its errors, in order of time.</param>
    /// <param name="baseline">Errors of the baseline at the same times: persistence, for prices.</param>
    /// <param name="horizon">Steps ahead that both forecast.</param>
    /// <param name="loss">What an error costs.</param>
    /// <param name="significance">Probability of chance up to which it goes live, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An error is not finite, there are none, or lengths differ.</exception>
    public static ModelVerdict Of(
        ReadOnlySpan<double> model,
        ReadOnlySpan<double> baseline,
        int horizon = 1,
        ForecastLoss loss = ForecastLoss.Squared,
        double significance = UsualSignificance
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(significance);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(significance, 1);
        var test = DieboldMariano.Test(model, baseline, horizon, loss);
        var lost = LossOf(baseline, loss);
        var improvement = lost > 0 ? -test.MeanLossDifference / lost : (double?)null;
        var goesLive = test.MeanLossDifference < 0 && test.FirstIsBetterP <= significance;
        return new ModelVerdict(goesLive, improvement, test, Reasoned(test, improvement, significance));
    }

    /// <summary>A probability in words: none is nothing.</summary>
    internal static string Words(double probability) =>
        probability < 0.0001 ? "below 0.0001" : probability.ToString("0.####", CultureInfo.InvariantCulture);

    private static double LossOf(ReadOnlySpan<double> errors, ForecastLoss loss)
    {
        var sum = 0.0;
        foreach (var error in errors)
        {
            sum += (loss == ForecastLoss.Squared ? error * error : Math.Abs(error)) / errors.Length;
        }

        return sum;
    }

    private static string Reasoned(DieboldMarianoResult test, double? improvement, double significance)
    {
        var amount = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(improvement ?? 0):P1} of the baseline's loss");
        return test switch
        {
            { FirstIsBetterP: null } => $"nothing can be said of it: {Words(test.Outcome)}",
            { MeanLossDifference: >= 0 } => $"it does not beat the baseline: it loses {amount} more",
            { FirstIsBetterP: { } p } => string.Create(
                CultureInfo.InvariantCulture,
                $"it saves {amount}; by chance so much has a probability of {Words(p)}, {(p <= significance ? "at most" : "more than")} {significance}"
            ),
        };
    }

    private static string Words(DieboldMarianoOutcome outcome) =>
        outcome switch
        {
            DieboldMarianoOutcome.TooFewObservations => "there are too few forecasts for this horizon",
            DieboldMarianoOutcome.NoDifference => "it forecast what the baseline did",
            _ => "it differs from the baseline by the same at every time",
        };
}
