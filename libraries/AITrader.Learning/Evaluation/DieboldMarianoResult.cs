namespace AITrader.Learning.Evaluation;

/// <summary>How a Diebold-Mariano test went.</summary>
public enum DieboldMarianoOutcome
{
    /// <summary>Tested for the horizon that was asked for.</summary>
    Tested,

    /// <summary>The estimate of the variance for the horizon was not positive: tested as if for one step ahead, without
    /// autocovariances.</summary>
    TestedAsOneStep,

    /// <summary>Not tested: fewer than two observations, or no more than the horizon.</summary>
    TooFewObservations,

    /// <summary>Not tested: both forecasts lost the same at every time.</summary>
    NoDifference,

    /// <summary>Not tested: one forecast lost the same amount more at every time, so that the variance is zero.</summary>
    ConstantDifference,
}

/// <summary>Result of a test of equal accuracy.</summary>
/// <param name="Outcome">How the test went.</param>
/// <param name="Observations">Pairs of errors.</param>
/// <param name="MeanLossDifference">Mean of the first's loss less the second's, in the unit of the loss: below zero the first was
/// better.</param>
/// <param name="Statistic">The corrected statistic, of Student's t distribution with one degree of freedom fewer than observations; null
/// where nothing was tested.</param>
/// <param name="TwoSidedP">Probability of a statistic as far from zero if both were equally accurate; null if untested.</param>
/// <param name="FirstIsBetterP">Probability of a statistic as low if the first were not better; small values speak for the first. Null
/// if untested.</param>
public sealed record DieboldMarianoResult(
    DieboldMarianoOutcome Outcome,
    int Observations,
    double MeanLossDifference,
    double? Statistic,
    double? TwoSidedP,
    double? FirstIsBetterP
);
