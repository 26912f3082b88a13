namespace AITrader.Backtesting.Search;

/// <summary>Combinations by chance, none twice; the same seed gives the same ones.</summary>
internal sealed class RandomSearch(ParameterSpace space, int seed) : ISearchMethod
{
    private readonly Random _random = new(seed);
    private readonly HashSet<long> _taken = [];

    public IReadOnlyList<int[]> Next(IReadOnlyList<(int[] Point, double Score)> done, int count)
    {
        var points = new List<int[]>(count);
        while (points.Count < count && _taken.Count < space.Count)
        {
            // Where nearly all are taken, the next free one after the one that chance names.
            var number = _random.NextInt64(space.Count);
            while (!_taken.Add(number))
            {
                number = (number + 1) % space.Count;
            }

            points.Add(space.PointAt(number));
        }

        return points;
    }
}
