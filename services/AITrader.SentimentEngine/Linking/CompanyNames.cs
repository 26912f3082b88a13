namespace AITrader.SentimentEngine.Linking;

/// <summary>Names of companies by their first word, the longest first, so that <c>HDFC Life</c> is not found as <c>HDFC</c>.</summary>
internal sealed class CompanyNames
{
    private readonly Dictionary<string, List<Entry>> _byFirst = new(StringComparer.Ordinal);

    public CompanyNames(IEnumerable<ListedCompany> companies)
    {
        foreach (var company in companies)
        {
            Add(company.Names, company.Symbol);
            Add(company.NotNames, symbol: null);
        }

        foreach (var entries in _byFirst.Values)
        {
            entries.Sort(static (left, right) => right.Words.Length.CompareTo(left.Words.Length));
        }
    }

    /// <summary>The name that begins at a word: how many words it has, and whose it is; null for nobody's here.</summary>
    public bool TryMatch(List<TextWord> words, int at, out int length, out string? symbol)
    {
        (length, symbol) = (0, null);
        if (!_byFirst.TryGetValue(words[at].Text, out var entries))
        {
            return false;
        }

        foreach (var entry in entries)
        {
            if (at + entry.Words.Length <= words.Count && IsAt(entry.Words, words, at))
            {
                (length, symbol) = (entry.Words.Length, entry.Symbol);
                return true;
            }
        }

        return false;
    }

    private static bool IsAt(string[] name, List<TextWord> words, int at)
    {
        for (var next = 1; next < name.Length; next++)
        {
            if (name[next] != words[at + next].Text)
            {
                return false;
            }
        }

        return true;
    }

    private void Add(IEnumerable<string> names, string? symbol)
    {
        foreach (var name in names)
        {
            var words = TextWord.Split(name).ConvertAll(static word => word.Text).ToArray();
            if (words.Length > 0)
            {
                if (!_byFirst.TryGetValue(words[0], out var entries))
                {
                    _byFirst[words[0]] = entries = [];
                }

                entries.Add(new Entry(words, symbol));
            }
        }
    }

    private sealed record Entry(string[] Words, string? Symbol);
}
