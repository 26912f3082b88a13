namespace AITrader.Venues.Binance;

/// <summary>The symbols of one connection, and the connection itself while it is open.</summary>
/// <param name="number">Which connection, from 1.</param>
/// <param name="symbols">Its symbols.</param>
internal sealed class ConnectionSymbols(int number, IReadOnlyList<int> symbols)
{
    private volatile BinanceConnection? _open;

    public int Number => number;

    public IReadOnlyList<int> Symbols => symbols;

    /// <summary>The connection that is open; null where none is.</summary>
    public BinanceConnection? Open
    {
        get => _open;
        set => _open = value;
    }

    /// <summary>Messages in a row that made no sense.</summary>
    public int Garbage { get; set; }
}
