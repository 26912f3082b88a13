using AITrader.Formats;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;

namespace AITrader.MarketData.OrderBooks;

/// <summary>The depth messages of one capture, brought to the books up to an event time.</summary>
internal sealed class DepthFile : IDisposable
{
    private const string Venue = "binance";
    private const string Source = "binance-capture";

    private readonly BookPublisher _books;
    private readonly BinanceDepthReader _reader;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _hasNext;

    /// <exception cref="MarketDataException">The file cannot be read.</exception>
    public DepthFile(BookPublisher books, string path)
    {
        _books = books;
        _reader = BinanceDepthReader.Open(path);
    }

    /// <summary>Whether a file is of the kind that has depth.</summary>
    /// <exception cref="MarketDataException">The file cannot be read.</exception>
    public static bool IsCapture(string path)
    {
        using var ticks = MarketFile.OpenTicks(path);
        return ticks.Source == Source;
    }

    /// <summary>Brings what is due, at most so many messages.</summary>
    /// <returns>Whether more is due.</returns>
    /// <exception cref="MarketDataException">The depth in it is malformed, or there is none.</exception>
    public bool Advance(long micros, int most)
    {
        for (var i = 0; i < most; i++)
        {
            _hasNext = _hasNext || _reader.TryRead();
            if (!_hasNext || _reader.Message.TimeMicros > micros)
            {
                return false;
            }

            Bring(_reader.Message);
            _hasNext = false;
        }

        return true;
    }

    public void Dispose() => _reader.Dispose();

    private void Bring(DepthMessage message)
    {
        if (SymbolOf(message) is not { } symbol)
        {
            return;
        }

        if (_seen.Add(symbol))
        {
            _books.Reset(symbol); // Update ids of an earlier run would make these stale.
        }

        if (message.Kind == DepthKind.Diff)
        {
            _books.Apply(symbol, Venue, message.Ids, message.Bids, message.Asks, message.TimeMicros);
        }
        else
        {
            _books.Load(symbol, Venue, message.Ids.Last, message.Bids, message.Asks, message.TimeMicros);
        }
    }

    // A snapshot that does not name its symbol is that of the only one; in a file of several it could be anybody's.
    private string? SymbolOf(DepthMessage message)
    {
        if (message.Symbol >= 0)
        {
            return _reader.Symbols[message.Symbol];
        }

        return _reader.Symbols.Count == 1 ? _reader.Symbols[0] : null;
    }
}
