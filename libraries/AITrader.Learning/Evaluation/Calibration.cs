namespace AITrader.Learning.Evaluation;

/// <summary>How far probabilities are to be believed, and what makes them so.</summary>
/// <remarks>Source: Guo and others, On calibration of modern neural networks (ICML 2017): temperature scaling, and the expected error of
/// calibration over bins of equal width.</remarks>
public static class Calibration
{
    private const int Bins = 15;
    private const double Coldest = 0.05;
    private const double Hottest = 20;
    private const int Halvings = 60;

    /// <summary>The temperature that scores are divided by so that their probabilities say the labels best: the least mean of minus the
    /// logarithm of what was right.</summary>
    /// <param name="scores">[rows, classes], before they become shares.</param>
    /// <param name="labels">Right classes.</param>
    /// <param name="classes">Number of classes.</param>
    public static double Temperature(ReadOnlySpan<float> scores, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        // The loss has one minimum over the logarithm of the temperature: golden-section search.
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        var share = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < Halvings; i++)
        {
            var (left, right) = (high - (share * (high - low)), low + (share * (high - low)));
            if (Loss(scores, labels, classes, Math.Exp(left)) < Loss(scores, labels, classes, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Mean of minus the logarithm of the probability that the right class was given.</summary>
    public static double Loss(ReadOnlySpan<float> scores, IReadOnlyList<int> labels, int classes, double temperature)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var (sum, shares) = (0.0, new double[classes]);
        for (var row = 0; row < labels.Count; row++)
        {
            Shares(scores.Slice(row * classes, classes), temperature, shares);
            sum -= Math.Log(Math.Max(shares[labels[row]], 1e-12));
        }

        return sum / labels.Count;
    }

    /// <summary>Expected error of calibration: mean distance of the probability of what was said from how often it was right.</summary>
    public static double ExpectedError(ReadOnlySpan<float> scores, IReadOnlyList<int> labels, int classes, double temperature)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var (said, right, count) = (new double[Bins], new double[Bins], new int[Bins]);
        var shares = new double[classes];
        for (var row = 0; row < labels.Count; row++)
        {
            Shares(scores.Slice(row * classes, classes), temperature, shares);
            var best = Array.IndexOf(shares, shares.Max());
            var bin = Math.Min((int)(shares[best] * Bins), Bins - 1);
            said[bin] += shares[best];
            right[bin] += best == labels[row] ? 1 : 0;
            count[bin]++;
        }

        return Enumerable.Range(0, Bins).Sum(bin => count[bin] == 0 ? 0 : Math.Abs(said[bin] - right[bin]) / labels.Count);
    }

    private static void Shares(ReadOnlySpan<float> scores, double temperature, double[] shares)
    {
        var most = double.NegativeInfinity;
        foreach (var score in scores)
        {
            most = Math.Max(most, score / temperature);
        }

        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = Math.Exp((scores[i] / temperature) - most);
            sum += shares[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
        }
    }
}
