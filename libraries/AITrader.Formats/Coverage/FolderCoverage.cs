namespace AITrader.Formats.Coverage;

/// <summary>What several files hold together. For one thread.</summary>
public sealed class FolderCoverage
{
    private readonly Dictionary<(string Symbol, string Kind), SeriesCoverage> _series = [];

    /// <summary>The series by symbol and kind.</summary>
    public IReadOnlyList<SeriesCoverage> Series =>
        [
            .. _series
                .OrderBy(static pair => pair.Key.Symbol, StringComparer.Ordinal)
                .ThenBy(static pair => pair.Value.BarLength)
                .Select(static pair => pair.Value),
        ];

    /// <summary>Adds a file that was read to its end.</summary>
    /// <param name="file">What it holds.</param>
    /// <param name="bytes">Its size; a file of several symbols counts to each.</param>
    public void Add(FileCoverage file, long bytes)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (var found in file.Series)
        {
            var key = (found.Symbol, found.Kind);
            if (!_series.TryGetValue(key, out var series))
            {
                _series[key] = series = new SeriesCoverage(found.Symbol, found.Kind, found.BarLength);
            }

            series.Add(found, bytes);
        }
    }
}
