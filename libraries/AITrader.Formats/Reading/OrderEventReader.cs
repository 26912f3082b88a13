using AITrader.Domain.Instruments;
using AITrader.Domain.Quotes;
using AITrader.OrderBooks;

namespace AITrader.Formats.Reading;

/// <summary>Reads the events of an order-by-order (L3) feed in time order. For one thread.</summary>
public abstract class OrderEventReader : IDisposable
{
    private protected OrderEventReader(string file, SymbolTable symbols)
    {
        File = file;
        Symbols = symbols;
    }

    /// <summary>File as the user named it.</summary>
    public string File { get; }

    /// <summary>Symbols of the events.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Where its events come from.</summary>
    public abstract string Source { get; }

    /// <summary>Line or message read last, from 1.</summary>
    public abstract long Position { get; }

    /// <summary>Events read.</summary>
    public long Events { get; private set; }

    /// <summary>Whether the source tells the best levels itself, as its files begin in the middle of a book.</summary>
    internal virtual bool TellsBook => false;

    /// <summary>Best levels after the event read last, where the source tells them; a default one of a side without any.</summary>
    internal virtual (BookLevel Bid, BookLevel Ask) Best => default;

    /// <summary>Reads the next event.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">The file is malformed or cannot be read.</exception>
    public bool TryRead(out OrderEvent change)
    {
        if (!TryReadEvent(out change))
        {
            return false;
        }

        Events++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);

    private protected abstract bool TryReadEvent(out OrderEvent change);
}
