using AITrader.Backtesting.Data;

namespace AITrader.Training;

/// <summary>Reads the market data that an order names.</summary>
internal static class MarketReader
{
    /// <summary>Ticks of the files, in the range of the order.</summary>
    /// <exception cref="ArgumentException">A symbol is not in the files.</exception>
    public static MarketTape Read(TrainingOrder order, IProgress<long> progress, CancellationToken ct)
    {
        var usual = new MarketTapeSettings();
        var settings = usual with { From = order.From ?? usual.From, To = order.To ?? usual.To };
        var tape = MarketTapeReader.Read(order.Files, settings, progress, ct);
        var missing = order.Symbols.Except(tape.Symbols).ToList();
        return missing.Count == 0
            ? tape
            : throw new ArgumentException(
                $"{string.Join(", ", missing)}: not in the files, which have {string.Join(", ", tape.Symbols.Take(20))}"
            );
    }

    /// <summary>Whether an order is to train with a symbol.</summary>
    public static bool IsWanted(TrainingOrder order, string symbol) => order.Symbols.Count == 0 || order.Symbols.Contains(symbol);
}
