using AITrader.Domain.Prices;

namespace AITrader.OrderBooks;

/// <summary>What became of an order event. Whatever was refused changed nothing.</summary>
public enum OrderOutcome
{
    /// <summary>The book has it.</summary>
    Applied,

    /// <summary>A hidden execution: there is nothing to change.</summary>
    NotDisplayed,

    /// <summary>Refused: there is no order of that id.</summary>
    UnknownOrder,

    /// <summary>Refused: an order of the new id is in the book.</summary>
    DuplicateOrder,

    /// <summary>Refused: more would be cancelled or executed than is left of the order.</summary>
    ExceedsOrder,

    /// <summary>Refused: the quantity is zero or below.</summary>
    BadQuantity,

    /// <summary>Refused: the quantities of the price would no longer fit 64 bits.</summary>
    LevelTooLarge,
}

/// <summary>A displayed order.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Side">Its side.</param>
/// <param name="Price">Its price.</param>
/// <param name="Quantity">What is left of it.</param>
public readonly record struct RestingOrder(long Id, QuoteSide Side, Price Price, Quantity Quantity);

/// <summary>What is served at the same price before an order.</summary>
/// <param name="Orders">Orders ahead; 0 is the head of the queue.</param>
/// <param name="Quantity">Their quantity.</param>
public readonly record struct QueuePosition(int Orders, Quantity Quantity);
