using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Linking;

/// <summary>Finds the symbols that an item is about. Immutable; safe from any thread.</summary>
internal sealed class SymbolLinker
{
    private const double InTitle = 1;
    private const double InBody = 0.6;
    private const double BareTicker = 0.8;

    // A post that lists more symbols than this is about none of them in particular.
    private const int Focus = 3;

    private static readonly string[] Suffixes = [".NS", ".BO", ".NSE", ".BSE"];

    private readonly CompanyNames _names;
    private readonly Dictionary<string, ListedCompany> _byTicker;
    private readonly Dictionary<string, ListedCompany> _bySymbol;

    public SymbolLinker(IReadOnlyList<ListedCompany> companies)
    {
        _names = new CompanyNames(companies);
        _byTicker = new Dictionary<string, ListedCompany>(StringComparer.Ordinal);
        _bySymbol = companies.ToDictionary(static company => company.Symbol, StringComparer.Ordinal);
        foreach (var company in companies)
        {
            _byTicker.TryAdd(company.Ticker, company);
        }
    }

    /// <summary>The symbols of an item, by name; of each the surest evidence.</summary>
    public IReadOnlyList<SymbolLink> Link(SourceItem item)
    {
        var found = new SortedDictionary<string, SymbolLink>(StringComparer.Ordinal);
        foreach (var symbol in item.Symbols)
        {
            found[symbol] = new SymbolLink(symbol, LinkEvidence.Source, item.Source, InTitle);
        }

        Read(item.Title, InTitle, found);
        Read(item.Body, item.Title.Length == 0 ? InTitle : InBody, found);
        var focus = Math.Min(1d, (double)Focus / Math.Max(1, found.Count));
        return [.. found.Values.Select(link => link with { Relevance = link.Relevance * focus })];
    }

    private void Read(string text, double weight, SortedDictionary<string, SymbolLink> found)
    {
        var words = TextWord.Split(text);
        var isShouted = IsShouted(words);
        for (var at = 0; at < words.Count; at++)
        {
            if (TaggedAt(text, words, at) is { } tagged)
            {
                Keep(found, new SymbolLink(tagged.Symbol, LinkEvidence.Tagged, words[at].Text, weight));
            }
            else if (_names.TryMatch(words, at, out var length, out var symbol))
            {
                Keep(found, symbol is null ? null : new SymbolLink(symbol, LinkEvidence.Name, Between(text, words, at, length), weight));
                at += length - 1;
            }
            else if (!isShouted && BareAt(words, at) is { } bare)
            {
                Keep(found, new SymbolLink(bare.Symbol, LinkEvidence.Ticker, words[at].Text, weight * BareTicker));
            }
        }
    }

    // $INFY, $infy, NSE: INFY, (NSE:INFY), INFY.NS
    private ListedCompany? TaggedAt(string text, List<TextWord> words, int at)
    {
        var word = words[at];
        if (word.Start > 0 && text[word.Start - 1] == '$' && !char.IsDigit(word.Text[0]))
        {
            return _byTicker.GetValueOrDefault(Plain(word.Text).ToUpperInvariant());
        }

        if (Array.Exists(Suffixes, suffix => word.Text.EndsWith(suffix, StringComparison.Ordinal)))
        {
            return _byTicker.GetValueOrDefault(Plain(word.Text));
        }

        return
            at > 0
            && _byTicker.TryGetValue(word.Text, out var company)
            && words[at - 1].Text == company.Exchange
            && text[words[at - 1].End..word.Start].Trim() == ":"
            ? company
            : null;
    }

    private ListedCompany? BareAt(List<TextWord> words, int at) =>
        !CommonWords.Contains(words[at].Text)
        && _byTicker.TryGetValue(words[at].Text, out var company)
        && !words.Exists(word => company.Unless.Contains(word.Text))
            ? company
            : null;

    private static string Plain(string word) =>
        Array.Find(Suffixes, suffix => word.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } suffix
            ? word[..^suffix.Length]
            : word;

    private static string Between(string text, List<TextWord> words, int at, int length) =>
        text[words[at].Start..words[at + length - 1].End];

    // In a line of capitals every word looks like a ticker.
    private static bool IsShouted(List<TextWord> words)
    {
        var wordy = words.Where(static word => word.Text.Any(char.IsLetter)).ToList();
        return wordy.Count >= 4 && wordy.Count(static word => !word.Text.Any(char.IsLower)) > 0.7 * wordy.Count;
    }

    private static void Keep(SortedDictionary<string, SymbolLink> found, SymbolLink? link)
    {
        if (link is not null && (!found.TryGetValue(link.Symbol, out var known) || Weight(link) > Weight(known)))
        {
            found[link.Symbol] = link;
        }
    }

    private static double Weight(SymbolLink link) => link.Relevance - (0.001 * (int)link.Evidence);

    /// <summary>Whether a symbol is one that texts are linked to.</summary>
    public bool Knows(string symbol) => _bySymbol.ContainsKey(symbol);
}
