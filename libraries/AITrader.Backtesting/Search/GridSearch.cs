namespace AITrader.Backtesting.Search;

/// <summary>Every combination, in order.</summary>
internal sealed class GridSearch(ParameterSpace space) : ISearchMethod
{
    public IReadOnlyList<int[]> Next(IReadOnlyList<(int[] Point, double Score)> done, int count) =>
        [.. Enumerable.Range(done.Count, (int)Math.Clamp(space.Count - done.Count, 0, count)).Select(i => space.PointAt(i))];
}
