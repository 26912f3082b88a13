namespace AITrader.Backtesting.Search;

/// <summary>Says which points of a space to try next.</summary>
internal interface ISearchMethod
{
    /// <summary>The next points, given what the earlier ones scored; empty where nothing is left to try.</summary>
    /// <param name="done">Points and their scores so far, in the order in which they were proposed; the higher the better, NaN for
    /// none.</param>
    /// <param name="count">How many points.</param>
    IReadOnlyList<int[]> Next(IReadOnlyList<(int[] Point, double Score)> done, int count);
}
