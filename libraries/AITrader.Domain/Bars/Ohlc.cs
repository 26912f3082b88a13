using AITrader.Domain.Prices;

namespace AITrader.Domain.Bars;

/// <summary>First, highest, lowest and last price of a stretch of time; all 0 where there was none.</summary>
public readonly record struct Ohlc(Price Open, Price High, Price Low, Price Close)
{
    /// <summary>Whether there was a price.</summary>
    public bool IsKnown => Open.Nanos != 0;

    /// <summary>All four at one price.</summary>
    public static Ohlc Of(Price price) => new(price, price, price, price);

    /// <summary>These prices, then later ones; what is not known adds nothing.</summary>
    public Ohlc Then(in Ohlc later) =>
        !later.IsKnown ? this
        : !IsKnown ? later
        : new Ohlc(Open, later.High > High ? later.High : High, later.Low < Low ? later.Low : Low, later.Close);
}
