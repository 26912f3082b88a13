namespace AITrader.MarketData.Feed.Binance;

/// <summary>The symbols of one line, and the line itself while it stands.</summary>
/// <param name="number">Which line, from 1.</param>
/// <param name="symbols">Its symbols.</param>
internal sealed class LineSymbols(int number, IReadOnlyList<int> symbols)
{
    private volatile BinanceLine? _line;

    public int Number => number;

    public IReadOnlyList<int> Symbols => symbols;

    /// <summary>The line that stands; null where none does.</summary>
    public BinanceLine? Line
    {
        get => _line;
        set => _line = value;
    }

    /// <summary>Messages in a row that made no sense.</summary>
    public int Garbage { get; set; }
}
