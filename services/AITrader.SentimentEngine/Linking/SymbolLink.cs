namespace AITrader.SentimentEngine.Linking;

/// <summary>How a text says that it is about a symbol, the surest first.</summary>
internal enum LinkEvidence
{
    /// <summary>The source itself says so.</summary>
    Source,

    /// <summary><c>$INFY</c>, <c>NSE: INFY</c> or <c>INFY.NS</c>.</summary>
    Tagged,

    /// <summary>The company's name.</summary>
    Name,

    /// <summary>The bare ticker in capitals.</summary>
    Ticker,
}

/// <summary>A symbol that a text is about.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Evidence">How it says so.</param>
/// <param name="Words">The words that say it.</param>
/// <param name="Relevance">How much of the text is about it, in (0, 1].</param>
internal sealed record SymbolLink(string Symbol, LinkEvidence Evidence, string Words, double Relevance);
