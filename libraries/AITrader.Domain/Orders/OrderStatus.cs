namespace AITrader.Domain.Orders;

/// <summary>States of an order.</summary>
public enum OrderStatus
{
    /// <summary>Made, not yet checked.</summary>
    Initialized,

    /// <summary>Refused by a pre-trade check; terminal.</summary>
    Denied,

    /// <summary>Passed the checks, on its way.</summary>
    Submitted,

    /// <summary>Submission timed out: may or may not be at the broker.</summary>
    Unknown,

    /// <summary>At the exchange.</summary>
    Accepted,

    /// <summary>A stop whose price was reached.</summary>
    Triggered,

    /// <summary>A change was asked for.</summary>
    PendingUpdate,

    /// <summary>A cancel was asked for.</summary>
    PendingCancel,

    /// <summary>Filled in part, working.</summary>
    PartiallyFilled,

    /// <summary>Filled; terminal.</summary>
    Filled,

    /// <summary>Cancelled; terminal but for a late fill.</summary>
    Cancelled,

    /// <summary>Out of time; terminal.</summary>
    Expired,

    /// <summary>Refused by the exchange; terminal.</summary>
    Rejected,
}

/// <summary>What can happen to an order.</summary>
public enum OrderStep
{
    /// <summary>A pre-trade check refused it.</summary>
    Deny,

    /// <summary>It was sent.</summary>
    Submit,

    /// <summary>No answer to the submission in time.</summary>
    TimeOut,

    /// <summary>The exchange acknowledged it.</summary>
    Accept,

    /// <summary>The exchange refused it.</summary>
    Reject,

    /// <summary>The broker proved that it never saw the order's tag.</summary>
    ProveUnseen,

    /// <summary>Its stop price was reached.</summary>
    Trigger,

    /// <summary>An execution that leaves quantity open.</summary>
    FillPartially,

    /// <summary>An execution that leaves nothing open.</summary>
    FillCompletely,

    /// <summary>A change is asked for.</summary>
    RequestUpdate,

    /// <summary>A cancel is asked for.</summary>
    RequestCancel,

    /// <summary>The pending request was refused, or the change was made: back to the state before.</summary>
    Resume,

    /// <summary>It was cancelled.</summary>
    Cancel,

    /// <summary>Its time ran out.</summary>
    Expire,
}

/// <summary>A status and, while a request is pending, the status that a refusal returns to.</summary>
/// <param name="Status">Where the order is.</param>
/// <param name="Before">Where it was before the pending request; equals <paramref name="Status"/> where none is pending.</param>
public readonly record struct OrderState(OrderStatus Status, OrderStatus Before)
{
    /// <summary>A state without a pending request.</summary>
    public static OrderState Of(OrderStatus status) => new(status, status);

    /// <summary>Whether nothing more is expected to happen.</summary>
    public bool IsTerminal =>
        Status is OrderStatus.Denied or OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Rejected;

    /// <summary>Whether the order may still trade and so reserves cash.</summary>
    public bool IsWorking => !IsTerminal && Status != OrderStatus.Initialized;

    /// <summary>Whether the exchange has it, or had it.</summary>
    public bool HasReachedMarket =>
        Status is not (OrderStatus.Initialized or OrderStatus.Denied or OrderStatus.Submitted or OrderStatus.Unknown);
}
