using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Rows;

namespace AITrader.MarketData.Replay;

/// <summary>Tells prices at which nothing can be booked: what is bought at nine decimals is stored at eight, and the books are off by the
/// rest.</summary>
/// <remarks>The price of a quote is the middle of bid and ask; nothing trades there, so it may have a ninth decimal.</remarks>
internal static class TickPrecision
{
    private const long NanosOfStep = 10;

    private static readonly string Problem = $"has more than {AccountNumbers.Decimals} decimals, more than the books can carry";

    /// <summary>The field that is too fine, and what to say of it; null where all can be booked.</summary>
    public static (string Field, string Problem)? FaultOf(in PackedTick tick) =>
        tick.Kind == TickKind.Trade && !Fits(tick.Price) ? Fault("price", tick.Price.ToDecimal())
        : !Fits(tick.Bid) ? Fault("bid", tick.Bid.ToDecimal())
        : !Fits(tick.Ask) ? Fault("ask", tick.Ask.ToDecimal())
        : null;

    /// <summary>The same of a stored tick.</summary>
    public static (string Field, string Problem)? FaultOf(Tick tick) =>
        tick.Kind == TickKind.Trade && !AccountNumbers.Fits(tick.Price) ? Fault("price", tick.Price)
        : tick.Bid is { } bid && !AccountNumbers.Fits(bid) ? Fault("bid", bid)
        : tick.Ask is { } ask && !AccountNumbers.Fits(ask) ? Fault("ask", ask)
        : null;

    private static bool Fits(Price price) => price.Nanos % NanosOfStep == 0;

    private static (string Field, string Problem)? Fault(string field, decimal value) =>
        (field, FormattableString.Invariant($"{value} {Problem}"));
}
