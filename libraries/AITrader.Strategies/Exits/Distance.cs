using AITrader.Strategies.Data;

namespace AITrader.Strategies.Exits;

/// <summary>How far an exit is from the price of an entry: known when the entry is executed, and kept from then on.</summary>
public abstract record Distance
{
    private const decimal BpsPerUnit = 10_000m;

    private Distance() { }

    /// <summary>A part of the price, in basis points.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not below 10 000.</exception>
    public static Distance Bps(decimal bps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bps);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bps, BpsPerUnit);
        return new OfPrice(bps);
    }

    /// <summary>A multiple of the average true range at the last bar that was over: <c>Distance.Atr(feed.Atr(14), 2)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The multiple is not a positive number.</exception>
    public static Distance Atr(Line atr, double multiple)
    {
        ArgumentNullException.ThrowIfNull(atr);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(multiple);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(multiple, double.MaxValue);
        return new OfRange(atr, multiple);
    }

    /// <summary>The distance from a price, in quote currency; null where it is not known yet.</summary>
    internal abstract decimal? From(decimal price);

    private sealed record OfPrice(decimal Value) : Distance
    {
        internal override decimal? From(decimal price) => price > 0m ? price * Value / BpsPerUnit : null;
    }

    private sealed record OfRange(Line Line, double Multiple) : Distance
    {
        // Beyond the price there is nothing to wait for.
        internal override decimal? From(decimal price) =>
            Line.Value * Multiple is > 0 and var amount && amount < (double)price && (decimal)amount is > 0m and var distance
                ? distance
                : null;
    }
}
