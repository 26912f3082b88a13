using AITrader.Domain.Prices;

namespace AITrader.Domain.Instruments;

/// <summary>Lowest and highest price that an exchange takes on a day.</summary>
public readonly record struct PriceLimits(Price Lowest, Price Highest)
{
    /// <summary>Whether the exchange takes a price.</summary>
    public bool Allow(Price price) => price >= Lowest && price <= Highest;
}

/// <summary>How far from the previous close a security may trade in a day, as NSE sets it: 2, 5, 10 or 20 per cent, or without limit
/// (securities with derivatives).</summary>
public readonly record struct PriceBand
{
    private PriceBand(int percent) => Percent = percent;

    /// <summary>No limit.</summary>
    public static PriceBand None => default;

    /// <summary>Per cent of the previous close; 0 where there is no limit.</summary>
    public int Percent { get; }

    /// <summary>Reads <c>2</c>, <c>5</c>, <c>10</c>, <c>20</c> (a per cent sign may follow) or <c>none</c>.</summary>
    public static bool TryParse(string? text, out PriceBand band)
    {
        var digits = text?.Trim().TrimEnd('%').TrimEnd();
        var percent = digits switch
        {
            "none" or "None" or "NONE" => 0,
            "2" => 2,
            "5" => 5,
            "10" => 10,
            "20" => 20,
            _ => -1,
        };
        band = new PriceBand(Math.Max(percent, 0));
        return percent >= 0;
    }

    /// <summary>The day's limits: within the band and on a tick, so the lower one is rounded up and the upper one down. Null without a
    /// limit.</summary>
    /// <param name="previousClose">Close, or base price, of the day before; above 0.</param>
    /// <param name="tick">Smallest price step; above 0.</param>
    public PriceLimits? Limits(Price previousClose, Price tick)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(previousClose.Nanos);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tick.Nanos);
        if (Percent == 0)
        {
            return null;
        }

        // In hundredths of a nano-unit, so that the per cent is exact.
        var close = (Int128)previousClose.Nanos;
        var step = (Int128)tick.Nanos * 100;
        var lowest = ((close * (100 - Percent)) + step - 1) / step * tick.Nanos;
        var highest = close * (100 + Percent) / step * tick.Nanos;
        return new PriceLimits(Price.FromNanos((long)lowest), Price.FromNanos(checked((long)highest)));
    }
}

/// <summary>Price bands by symbol. Immutable; safe from any thread.</summary>
public sealed class PriceBandTable
{
    private readonly System.Collections.Frozen.FrozenDictionary<string, PriceBand> _bands;

    private PriceBandTable(Dictionary<string, PriceBand> bands) =>
        _bands = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(bands, StringComparer.Ordinal);

    /// <summary>A table of symbol and band as a configuration has them, such as <c>NSE:CCCL</c> and <c>5</c>.</summary>
    /// <returns>Null and a line for the user where an entry cannot be read.</returns>
    public static PriceBandTable? TryCreate(IEnumerable<KeyValuePair<string, string?>> entries, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bands = new Dictionary<string, PriceBand>(StringComparer.Ordinal);
        foreach (var (symbol, text) in entries)
        {
            if (!PriceBand.TryParse(text, out var band) || !bands.TryAdd(symbol, band))
            {
                problem = bands.ContainsKey(symbol)
                    ? $"the price band of {symbol} is there twice"
                    : $"the price band '{text}' of {symbol} is none of 2, 5, 10, 20, none";
                return null;
            }
        }

        problem = null;
        return new PriceBandTable(bands);
    }

    /// <summary>The band of a symbol; no limit where it is not listed.</summary>
    public PriceBand Of(string symbol) => _bands.GetValueOrDefault(symbol);
}
