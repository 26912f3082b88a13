using MathNet.Numerics.Distributions;

namespace AITrader.Learning.Evaluation;

/// <summary>Test of equal accuracy of two classifiers of the same rows.</summary>
/// <remarks>Source: McNemar, Note on the sampling error of the difference between correlated proportions or percentages (1947), in its
/// exact form: of the rows that one of the two had right and the other had not, each is either's with even chances.</remarks>
public static class McNemar
{
    /// <summary>Probability that the first is alone right so often, or more often, if neither were better.</summary>
    /// <param name="first">Whether the first was right, row by row.</param>
    /// <param name="second">Whether the second was.</param>
    /// <returns>1 where they were right on the same rows.</returns>
    /// <exception cref="ArgumentException">They are not of the same rows.</exception>
    public static double FirstIsBetterP(IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"is of {second.Count} rows, but the first of {first.Count}", nameof(second));
        }

        var (alone, other) = (0, 0);
        for (var row = 0; row < first.Count; row++)
        {
            alone += first[row] && !second[row] ? 1 : 0;
            other += second[row] && !first[row] ? 1 : 0;
        }

        return alone == 0 ? 1 : 1 - Binomial.CDF(0.5, alone + other, alone - 1);
    }
}
