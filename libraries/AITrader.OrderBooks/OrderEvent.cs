using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;

namespace AITrader.OrderBooks;

/// <summary>Side of a book.</summary>
public enum QuoteSide : byte
{
    /// <summary>Buyers.</summary>
    Bid,

    /// <summary>Sellers.</summary>
    Ask,
}

/// <summary>What happened to an order.</summary>
public enum OrderEventKind : byte
{
    /// <summary>A new displayed order, last in the queue of its price.</summary>
    Add,

    /// <summary>Another quantity or price of the same order: it keeps its place only where the price stays and the quantity does not
    /// grow.</summary>
    Modify,

    /// <summary>Part of the quantity is taken back; the place stays. Taking back all of it removes the order.</summary>
    Cancel,

    /// <summary>The order is taken back.</summary>
    Delete,

    /// <summary>A trade at the order's own price.</summary>
    Execute,

    /// <summary>A trade against the order at another price than its own, as in an auction.</summary>
    ExecuteWithPrice,

    /// <summary>The order goes, and another of the same side comes under another id, last in the queue of its price.</summary>
    Replace,

    /// <summary>A trade against an order that was never displayed: the book does not change.</summary>
    HiddenExecute,
}

/// <summary>One event of an order-by-order (L3) feed: 64 bytes, no references, copied by value.</summary>
/// <remarks>
/// What each kind uses beside <see cref="OrderId"/>: add - side, price, quantity; modify - the new price and the new whole quantity; cancel
/// - the quantity taken back; execute - the
/// quantity traded; execute with price - also the price traded at; replace - the new id, the new price and the new quantity; hidden
/// execution - side (of the hidden order), price, quantity, no id.
/// </remarks>
public readonly record struct OrderEvent
{
    /// <summary>Event time, nanoseconds since 1970 UTC.</summary>
    public long TimeNanos { get; init; }

    /// <summary>Id of the order among those of its symbol; venues give each id once a day.</summary>
    public long OrderId { get; init; }

    /// <summary>Id that the order has from now on; for a replacement only.</summary>
    public long NewOrderId { get; init; }

    /// <summary>Price; see the remarks.</summary>
    public Price Price { get; init; }

    /// <summary>Quantity; see the remarks.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Id of the trade, for an execution; 0 where the feed tells none.</summary>
    public long TradeId { get; init; }

    /// <summary>Index in the <see cref="SymbolTable"/> of whoever made the event.</summary>
    public int Symbol { get; init; }

    /// <summary>What happened.</summary>
    public required OrderEventKind Kind { get; init; }

    /// <summary>Side of the order; an event about a known order need not tell it.</summary>
    public QuoteSide Side { get; init; }

    /// <summary>Whether the trade is reported another time (ITCH's non-printable executions), so that volume must leave it out
    /// here.</summary>
    public bool IsNonPrinting { get; init; }
}
