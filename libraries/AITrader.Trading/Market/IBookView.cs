using AITrader.Domain.Orders;
using AITrader.Domain.Quotes;

namespace AITrader.Trading.Market;

/// <summary>The levels of one instrument's book at a tick.</summary>
public interface IBookView
{
    /// <summary>Event time of the newest change.</summary>
    DateTimeOffset At { get; }

    /// <summary>Levels of one side, best first: of <see cref="Side.Sell"/> the asks, which a buy takes.</summary>
    IReadOnlyList<BookLevel> Levels(Side side);
}

/// <summary>A book as lists of levels.</summary>
/// <param name="At">Event time of the newest change.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record BookLevels(DateTimeOffset At, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) : IBookView
{
    /// <inheritdoc />
    public IReadOnlyList<BookLevel> Levels(Side side) => side == Side.Buy ? Bids : Asks;
}
