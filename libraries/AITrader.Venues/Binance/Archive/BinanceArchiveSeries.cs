using System.Globalization;
using AITrader.Formats.Binance;

namespace AITrader.Venues.Binance.Archive;

/// <summary>Klines of one symbol in Binance's public archive.</summary>
/// <param name="Market">The market: spot, um (USDT-M futures) or cm (COIN-M futures).</param>
/// <param name="VenueSymbol">Symbol as the venue spells it, such as BTCUSDT.</param>
/// <param name="Interval">Length of a bar.</param>
public sealed record BinanceArchiveSeries(string Market, string VenueSymbol, string Interval)
{
    /// <summary>Spot, the name of a market.</summary>
    public const string Spot = "spot";

    /// <summary>The markets.</summary>
    public static IReadOnlyList<string> Markets { get; } = [Spot, "um", "cm"];

    /// <summary>The lengths that our bars can have; the archive also has 3d, 1w and 1mo.</summary>
    public static IReadOnlyList<string> Intervals { get; } =
    ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"];

    /// <summary>Our symbol, as the live feed has it.</summary>
    public string Symbol => BinanceStreamDecoder.NameOf(VenueSymbol, Market == Spot);

    /// <summary>Name of its folder in a folder of market data.</summary>
    public string Kind => $"bars-{Interval}";

    /// <summary>The file of one day.</summary>
    public BinanceArchiveFile DayFile(DateOnly day) =>
        new(this, day, day.AddDays(1), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The file of the month that a day lies in.</summary>
    public BinanceArchiveFile MonthFile(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new BinanceArchiveFile(this, first, first.AddMonths(1), first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }
}

/// <summary>One file of the archive.</summary>
/// <param name="Series">What it is of.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day that is no longer in it.</param>
/// <param name="Period">The day or the month, as file names have it.</param>
public sealed record BinanceArchiveFile(BinanceArchiveSeries Series, DateOnly From, DateOnly To, string Period)
{
    /// <summary>Whether it is of a month.</summary>
    public bool IsMonth => From.AddDays(1) < To;

    /// <summary>Its name.</summary>
    public string Name => $"{Series.VenueSymbol}-{Series.Interval}-{Period}.zip";

    /// <summary>Where it lies in the archive.</summary>
    public string Path =>
        $"data/{(Series.Market == BinanceArchiveSeries.Spot ? Series.Market : $"futures/{Series.Market}")}/{(IsMonth ? "monthly" : "daily")}/klines/{Series.VenueSymbol}/{Series.Interval}/{Name}";

    /// <summary>The files of its days.</summary>
    public IEnumerable<BinanceArchiveFile> Days()
    {
        for (var day = From; day < To; day = day.AddDays(1))
        {
            yield return Series.DayFile(day);
        }
    }
}
