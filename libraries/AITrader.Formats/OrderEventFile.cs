using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Opens a file of an order-by-order (L3) feed: a LOBSTER message file by its name, else NASDAQ ITCH 5.0.</summary>
public static class OrderEventFile
{
    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="day">Day of an ITCH file whose name does not tell it.</param>
    /// <param name="symbols">Table that the events' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of neither format.</exception>
    public static OrderEventReader Open(string path, DateOnly? day = null, SymbolTable? symbols = null)
    {
        var formats = FileFormats.All.OfType<OrderEventFormat>().ToList();
        return (formats.Find(format => format.IsNamed(path)) ?? formats[^1]).OpenEvents(path, day, symbols);
    }
}
