using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Itch;

/// <summary>NASDAQ ITCH 5.0.</summary>
internal sealed class ItchFormat : OrderEventFormat
{
    internal override bool IsNamed(string path) => ItchReader.IsNamed(path);

    internal override OrderEventReader OpenEvents(string path, DateOnly? day, SymbolTable? symbols) => ItchReader.Open(path, day, symbols);

    /// <summary>No event may contradict the order book of the events before it.</summary>
    internal override FileSummary Check(string path)
    {
        using var events = ItchReader.Open(path);
        return FileSummary.OfBooks(events);
    }
}
