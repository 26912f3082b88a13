using AITrader.Domain.Instruments;

namespace AITrader.Formats.Reading;

/// <summary>A format of an order-by-order (L3) feed. Its files are known by their names.</summary>
internal abstract class OrderEventFormat : FileFormat
{
    /// <summary>Whether a file is named as those of this format are.</summary>
    internal abstract bool IsNamed(string path);

    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="day">Day of a file whose name does not tell it.</param>
    /// <param name="symbols">Table that the events' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file cannot be used.</exception>
    internal abstract OrderEventReader OpenEvents(string path, DateOnly? day, SymbolTable? symbols);

    internal sealed override FileFormat? Find(string path) => IsNamed(path) ? this : null;

#pragma warning disable CA2000 // The reader that is returned owns the events.
    internal sealed override TickReader OpenFile(string path, SymbolTable? symbols) => new OrderTickReader(OpenEvents(path, null, symbols));
#pragma warning restore CA2000
}
