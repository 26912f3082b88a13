namespace AITrader.Learning.Evaluation;

/// <summary>How well classes were said.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Accuracy">Share of rows whose class was said.</param>
/// <param name="MacroF1">Mean over the classes of <paramref name="F1"/>: each class counts the same, however rare it is.</param>
/// <param name="F1">By class: harmonic mean of the share of those said that were right, and the share of those there that were said; 0
/// where none was.</param>
public sealed record ClassificationScore(int Rows, double Accuracy, double MacroF1, IReadOnlyList<double> F1)
{
    /// <summary>Judges what was said.</summary>
    /// <param name="actual">Classes as they are, from 0.</param>
    /// <param name="said">Classes that were said, row by row.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">There is no row, or there are not as many said as there are rows.</exception>
    public static ClassificationScore Of(IReadOnlyList<int> actual, IReadOnlyList<int> said, int classes)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(said);
        if (actual.Count == 0 || actual.Count != said.Count)
        {
            throw new ArgumentException($"{said.Count} classes were said of {actual.Count} rows.", nameof(said));
        }

        var (right, there, named) = (new int[classes], new int[classes], new int[classes]);
        for (var row = 0; row < actual.Count; row++)
        {
            there[actual[row]]++;
            named[said[row]]++;
            right[actual[row]] += actual[row] == said[row] ? 1 : 0;
        }

        double[] f1 = [.. Enumerable.Range(0, classes).Select(one => right[one] == 0 ? 0 : 2.0 * right[one] / (there[one] + named[one]))];
        return new ClassificationScore(actual.Count, (double)right.Sum() / actual.Count, f1.Average(), f1);
    }
}
