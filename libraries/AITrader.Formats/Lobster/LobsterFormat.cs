using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lobster;

/// <summary>LOBSTER: a message file, and the orderbook file beside it.</summary>
internal sealed class LobsterFormat : OrderEventFormat
{
    internal override bool IsNamed(string path) => LobsterName.Find(path) is not null;

    internal override string? FindBeside(string path) =>
        LobsterName.Find(path) is { } name && File.Exists(name.BookPath) ? name.BookPath : null;

    internal override OrderEventReader OpenEvents(string path, DateOnly? day, SymbolTable? symbols) => LobsterReader.Open(path, symbols);

    /// <summary>The messages must explain the order book.</summary>
    internal override FileSummary Check(string path)
    {
        using (var pair = LobsterReader.Open(path))
        {
            if (pair.HasBook && LobsterValidator.Check(pair) is { Mismatch: { } mismatch })
            {
                throw new MarketDataException(path, pair.Position, "book", mismatch);
            }
        }

        using var events = LobsterReader.Open(path);
        return FileSummary.Of(events);
    }
}
