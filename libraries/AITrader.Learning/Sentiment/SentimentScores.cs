namespace AITrader.Learning.Sentiment;

/// <summary>What scores of a model say, [rows, classes].</summary>
internal static class SentimentScores
{
    private const int Classes = SentimentExamples.Classes;

    /// <summary>Mean of minus the logarithm of the probability that the right class was given.</summary>
    public static double Loss(float[] scores, IReadOnlyList<int> labels)
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Count; row++)
        {
            sum -= Logarithms(scores.AsSpan(row * Classes, Classes))[labels[row]];
        }

        return sum / labels.Count;
    }

    /// <summary>The class of each row that several models together find most probable.</summary>
    public static int[] Said(IReadOnlyList<float[]> members)
    {
        var said = new int[members[0].Length / Classes];
        for (var row = 0; row < said.Length; row++)
        {
            var sums = new double[Classes];
            foreach (var member in members)
            {
                var logarithms = Logarithms(member.AsSpan(row * Classes, Classes));
                for (var label = 0; label < Classes; label++)
                {
                    sums[label] += logarithms[label];
                }
            }

            said[row] = Array.IndexOf(sums, sums.Max());
        }

        return said;
    }

    private static double[] Logarithms(ReadOnlySpan<float> scores)
    {
        var (greatest, total) = (float.MinValue, 0.0);
        foreach (var score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        foreach (var score in scores)
        {
            total += Math.Exp(score - greatest);
        }

        var logarithms = new double[scores.Length];
        for (var i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = scores[i] - greatest - Math.Log(total);
        }

        return logarithms;
    }
}
