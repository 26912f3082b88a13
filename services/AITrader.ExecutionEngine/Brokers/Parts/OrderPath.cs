namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>The steps of an order's way to a broker and back, by name: where a process may die, and what is left then is known.</summary>
internal static class OrderPath
{
    /// <summary>The order is checked and taken into the books in memory; nothing is stored.</summary>
    public const string OrderTaken = "order.taken";

    /// <summary>Order, event, part and outbox are stored; nothing is sent.</summary>
    public const string OrderCommitted = "order.committed";

    /// <summary>Right before the order is sent.</summary>
    public const string OrderSending = "order.sending";

    /// <summary>The broker has answered, or did not in time; only this process knows.</summary>
    public const string OrderSent = "order.sent";

    /// <summary>The answer is taken into the books in memory, and not stored.</summary>
    public const string OrderAnswered = "order.answered";

    /// <summary>The answer is stored.</summary>
    public const string AnswerCommitted = "answer.committed";

    /// <summary>Right before a cancel is sent.</summary>
    public const string CancelSending = "cancel.sending";

    /// <summary>The cancel is answered; only this process knows.</summary>
    public const string CancelSent = "cancel.sent";

    /// <summary>Right before a change is sent.</summary>
    public const string ChangeSending = "change.sending";

    /// <summary>The change is answered; only this process knows.</summary>
    public const string ChangeSent = "change.sent";

    /// <summary>The broker's books are read; only this process knows.</summary>
    public const string NewsRead = "news.read";

    /// <summary>Executions and states are taken into the books in memory, and not stored.</summary>
    public const string NewsTaken = "news.taken";

    /// <summary>Executions and states are stored.</summary>
    public const string NewsCommitted = "news.committed";

    /// <summary>All of them, in the order of an order's life.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OrderTaken,
        OrderCommitted,
        OrderSending,
        OrderSent,
        OrderAnswered,
        AnswerCommitted,
        CancelSending,
        CancelSent,
        ChangeSending,
        ChangeSent,
        NewsRead,
        NewsTaken,
        NewsCommitted,
    ];
}
