using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Opens a file of ticks or of bars, whichever it is, as the ticks that a backtest and a replay walk.</summary>
public static class MarketFile
{
    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="symbols">Table that the ticks' symbol indices refer to; a new one where null.</param>
    /// <param name="spreadBps">Distance of bid and ask of bars of trades, which do not say it, in basis points of the price.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of no known format.</exception>
#pragma warning disable CA2000 // The reader that is returned owns the bars.
    public static TickReader OpenTicks(string path, SymbolTable? symbols = null, decimal spreadBps = 0) =>
        FileCheck.HoldsBars(path) ? new BarTickReader(BarFile.Open(path, symbols), spreadBps) : TickFile.Open(path, symbols);
#pragma warning restore CA2000
}
