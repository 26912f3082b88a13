namespace AITrader.Backtesting.Search;

/// <summary>Tree-structured Parzen estimator over the values of each axis: proposes what is likely among the good trials and unlikely among
/// the
/// others. No point twice; the same seed gives the same ones.</summary>
/// <remarks>Source: J. Bergstra et al., Algorithms for Hyper-Parameter Optimization, 2011. Neighbouring values share their weight, as the
/// values of a range are neighbours.</remarks>
internal sealed class ParzenSearch(ParameterSpace space, int seed) : ISearchMethod
{
    private const int StartByChance = 16;
    private const int Candidates = 48;
    private const double GoodShare = 0.25;
    private const double Prior = 1.0;

    private readonly Random _random = new(seed);
    private readonly HashSet<long> _taken = [];

    public IReadOnlyList<int[]> Next(IReadOnlyList<(int[] Point, double Score)> done, int count)
    {
        var ranked = done.OrderByDescending(static trial => double.IsNaN(trial.Score) ? double.NegativeInfinity : trial.Score).ToList();
        var good = Math.Max(1, (int)Math.Ceiling(GoodShare * ranked.Count));
        var points = new List<int[]>(count);
        while (points.Count < count && _taken.Count < space.Count)
        {
            var point = done.Count < StartByChance ? ByChance() : Propose(ranked, good);
            _taken.Add(space.NumberOf(point));
            points.Add(point);
        }

        return points;
    }

    private int[] ByChance()
    {
        var number = _random.NextInt64(space.Count);
        while (_taken.Contains(number))
        {
            number = (number + 1) % space.Count;
        }

        return space.PointAt(number);
    }

    private int[] Propose(List<(int[] Point, double Score)> ranked, int good)
    {
        var (likely, other) = (Weights(ranked.Take(good)), Weights(ranked.Skip(good)));
        int[]? best = null;
        var bestRatio = double.NegativeInfinity;
        for (var i = 0; i < Candidates; i++)
        {
            var point = Draw(likely);
            var ratio = 0.0;
            for (var axis = 0; axis < point.Length; axis++)
            {
                ratio += Math.Log(likely[axis][point[axis]] / other[axis][point[axis]]);
            }

            if (ratio > bestRatio && !_taken.Contains(space.NumberOf(point)))
            {
                (best, bestRatio) = (point, ratio);
            }
        }

        return best ?? ByChance();
    }

    private int[] Draw(double[][] weights)
    {
        var point = new int[weights.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            var left = _random.NextDouble() * weights[axis].Sum();
            while (point[axis] < weights[axis].Length - 1 && (left -= weights[axis][point[axis]]) > 0)
            {
                point[axis]++;
            }
        }

        return point;
    }

    // By axis and value: the trials' weights, spread over neighbours, and a prior so that nothing is impossible; they add up to 1.
    private double[][] Weights(IEnumerable<(int[] Point, double Score)> trials)
    {
        var weights = space.Axes.Select(static axis => Enumerable.Repeat(Prior / axis.Values.Count, axis.Values.Count).ToArray()).ToArray();
        foreach (var (point, _) in trials)
        {
            for (var axis = 0; axis < point.Length; axis++)
            {
                Spread(weights[axis], point[axis]);
            }
        }

        foreach (var axis in weights)
        {
            var sum = axis.Sum();
            for (var i = 0; i < axis.Length; i++)
            {
                axis[i] /= sum;
            }
        }

        return weights;
    }

    private static void Spread(double[] weights, int centre)
    {
        var width = Math.Max(1.0, weights.Length / 10.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var away = (i - centre) / width;
            weights[i] += Math.Exp(-0.5 * away * away) / width;
        }
    }
}
