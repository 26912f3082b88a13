namespace AITrader.Hosting.Home;

internal static class PairExtensions
{
    public static SortedDictionary<string, string?> ToSortedDictionary(this IEnumerable<KeyValuePair<string, string?>> pairs) =>
        new(new Dictionary<string, string?>(pairs, StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
}
