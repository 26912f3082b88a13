namespace AITrader.SentimentEngine.Linking;

/// <summary>A symbol, and the words by which texts mean it.</summary>
internal sealed class ListedCompany
{
    /// <summary>Symbol as on its ticks, such as NSE:INFY.</summary>
    public string Symbol { get; set; } = string.Empty;

    /// <summary>Names, as they are written: <c>Infosys</c> does not match <c>infosys</c> in the middle of a word, nor in lower case.</summary>
    public IList<string> Names { get; } = [];

    /// <summary>Longer names that begin the same way and mean somebody else, such as <c>Reliance Power</c>.</summary>
    public IList<string> NotNames { get; } = [];

    /// <summary>Words that show that the bare ticker means something else, such as <c>tax</c> beside TCS.</summary>
    public IList<string> Unless { get; } = [];

    /// <summary>The ticker: what stands behind the exchange.</summary>
    public string Ticker => Symbol[(Symbol.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The exchange; empty where the symbol names none.</summary>
    public string Exchange => Symbol[..Math.Max(0, Symbol.IndexOf(':', StringComparison.Ordinal))];
}
