using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Market;

/// <summary>Historical candles: what the running market showed, and before its start a seeded past that ends at its first price. Longer
/// candles are always the sum of their minutes.</summary>
internal sealed class CandleHistory(CandleRecorder recorder, IOptions<MarketOptions> options, TimeProvider clock)
{
    private const double MinuteVolatility = 0.0002;
    private const int MeanVolume = 4000;

    private static readonly DateTime Epoch = new(2000, 1, 1);

    // Before it there is the seeded past.
    private DateTime Start => recorder.Start ?? IndianTime.MinuteOf(clock.GetUtcNow());

    public IReadOnlyList<Candle> Of(Listing listing, CandleInterval interval, DateTime from, DateTime to) =>
        [
            .. Minutes(listing, interval.StartOf(from), to)
                .GroupBy(candle => interval.StartOf(candle.Start))
                .Where(group => group.Key >= (interval.IsDay ? from.Date : from) && group.Key <= to)
                .Select(static group => Candle.Of(group.Key, [.. group])),
        ];

    private IEnumerable<Candle> Minutes(Listing listing, DateTime from, DateTime to)
    {
        var start = Start;
        var last = IndianTime.MinuteOf(clock.GetUtcNow());
        for (var minute = from; minute <= to && minute < start && minute <= last; minute = minute.AddMinutes(1))
        {
            if (!TradingHours.Contain(minute))
            {
                minute = TradingHours.NextOpen(minute).AddMinutes(-1);
                continue;
            }

            yield return Past(listing, minute);
        }

        foreach (var candle in recorder.Of(listing.Token, from, to))
        {
            yield return candle;
        }
    }

    private Candle Past(Listing listing, DateTime minute)
    {
        var seed = ((ulong)(uint)options.Value.Seed << 32) | listing.Token;
        var number = Number(minute);
        var (open, close) = (Price(listing, seed, number), Price(listing, seed, number + 1));
        var reach = listing.BasePrice * (decimal)MinuteVolatility;
        return new Candle(
            minute,
            open,
            Tick(Math.Max(open, close) + (reach * (decimal)FractalNoise.Share(seed, 101, number))),
            Tick(Math.Min(open, close) - (reach * (decimal)FractalNoise.Share(seed, 102, number))),
            close,
            listing.IsIndex ? 0 : 1 + (long)(2 * MeanVolume * FractalNoise.Share(seed, 103, number))
        );
    }

    private decimal Price(Listing listing, ulong seed, long minute) =>
        Tick(
            listing.BasePrice * (decimal)Math.Exp(MinuteVolatility * (FractalNoise.At(seed, minute) - FractalNoise.At(seed, Number(Start))))
        );

    private static long Number(DateTime minute) => (long)(minute - Epoch).TotalMinutes;

    private static decimal Tick(decimal price) => decimal.Round(price / Listing.TickSize) * Listing.TickSize;
}
