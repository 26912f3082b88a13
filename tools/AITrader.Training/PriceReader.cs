using AITrader.Backtesting.Data;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Learning.Datasets;

namespace AITrader.Training;

/// <summary>Reads the prices that an order names.</summary>
internal static class PriceReader
{
    /// <summary>One series a symbol: its trades, or the middle of its quotes where it has none.</summary>
    /// <exception cref="ArgumentException">A symbol is not in the files.</exception>
    public static IReadOnlyList<PriceSeries> Read(TrainingOrder order, IProgress<long> progress, CancellationToken ct)
    {
        var tape = MarketReader.Read(order, progress, ct);

        // A bar is several ticks, of which only the last is its close.
        var every = order.Every ?? (tape.BarLength > TimeSpan.Zero ? tape.BarLength : null);
        return Sample(tape, order, every);
    }

    private static List<PriceSeries> Sample(MarketTape tape, TrainingOrder order, TimeSpan? every)
    {
        var traded = new bool[tape.Symbols.Count];
        foreach (ref readonly var tick in tape.Ticks)
        {
            traded[tick.Symbol] |= tick.Kind == TickKind.Trade;
        }

        var samplers = tape
            .Symbols.Select(symbol => MarketReader.IsWanted(order, symbol) ? new PriceSampler(symbol, every) : null)
            .ToArray();
        foreach (ref readonly var tick in tape.Ticks)
        {
            if (tick.Kind == TickKind.Trade || !traded[tick.Symbol])
            {
                samplers[tick.Symbol]?.Add(EventTime.FromMicros(tick.TimeMicros), tick.Price.ToDouble());
            }
        }

        return [.. samplers.OfType<PriceSampler>().Where(static sampler => sampler.Count > 0).Select(static sampler => sampler.ToSeries())];
    }
}
