using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Formats.Reading;

/// <summary>A bar as the four ticks that a backtest and a replay walk: open, nearer extreme, farther extreme, close.</summary>
/// <remarks>
/// The nearer extreme first is what a price that never turned without need would have done; what happened inside of the bar is not known.
/// The first tick stands at the start, the last one within the bar, a microsecond before its end, so that an order that was decided with
/// the bar meets the open of the next one. Each tick shows a quarter of the volume on either side: no order gets more than was traded.
/// </remarks>
internal static class BarPath
{
    internal const int Points = 4;

    private const long BpsPerUnit = 10_000;
    private const long NanosOfStep = 10; // eight decimals, as many as the books carry

    /// <summary>Writes the ticks of a bar.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="spreadBps">Distance of bid and ask of a bar of trades, which does not say it.</param>
    /// <param name="ticks">Room for four.</param>
    internal static void Expand(in Bar bar, decimal spreadBps, Span<PackedTick> ticks)
    {
        var length = bar.EndMicros - bar.StartMicros;
        var volume = bar.Volume.Raw;
        for (var point = 0; point < Points; point++)
        {
            var micros = point == Points - 1 ? bar.EndMicros - 1 : bar.StartMicros + (length * point / (Points - 1));
            ticks[point] =
                bar.Kind == BarKind.Trade ? Trade(bar, point, micros, Share(volume, point), spreadBps) : Quote(bar, point, micros);
        }
    }

    private static PackedTick Trade(in Bar bar, int point, long micros, long size, decimal spreadBps)
    {
        var price = At(bar.Trade, IsHighFirst(bar.Trade), point);
        var half = (long)decimal.Round(price.Nanos * spreadBps / (2 * BpsPerUnit * NanosOfStep)) * NanosOfStep;
        return new PackedTick
        {
            TimeMicros = micros,
            Symbol = bar.Symbol,
            Kind = TickKind.Trade,
            Price = price,
            Size = Quantity.FromRaw(size),
            Bid = Price.FromNanos(price.Nanos - half),
            BidSize = Quantity.FromRaw(size),
            Ask = Price.FromNanos(price.Nanos + half),
            AskSize = Quantity.FromRaw(size),
        };
    }

    private static PackedTick Quote(in Bar bar, int point, long micros)
    {
        // Both sides turn at the same time: the mid says which extreme is nearer.
        var highFirst = IsHighFirst(bar.Prices);
        var (bid, ask) = (At(bar.Bid, highFirst, point), At(bar.Ask, highFirst, point));
        return new PackedTick
        {
            TimeMicros = micros,
            Symbol = bar.Symbol,
            Kind = TickKind.Quote,
            Price =
                bid.Nanos == 0 ? ask
                : ask.Nanos == 0 ? bid
                : Price.Mid(bid, ask),
            Bid = bid,
            BidSize = bar.BidSize,
            Ask = ask,
            AskSize = bar.AskSize,
        };
    }

    private static bool IsHighFirst(in Ohlc prices) => prices.High.Nanos - prices.Open.Nanos <= prices.Open.Nanos - prices.Low.Nanos;

    private static Price At(in Ohlc prices, bool highFirst, int point) =>
        point switch
        {
            0 => prices.Open,
            1 => highFirst ? prices.High : prices.Low,
            2 => highFirst ? prices.Low : prices.High,
            _ => prices.Close,
        };

    // The quarters add up to the volume; what cannot be carried by one tick was never meant to be traded against.
    private static long Share(Int128 volume, int point)
    {
        var quarter = volume / Points;
        var share = point == Points - 1 ? volume - (quarter * (Points - 1)) : quarter;
        return share > long.MaxValue ? long.MaxValue : (long)share;
    }
}
