namespace AITrader.Domain.Orders;

/// <summary>An order and how far it has come. Immutable: each step gives a new value.</summary>
public sealed record Order
{
    private const int PriceDecimals = 8;

    /// <summary>What was asked for.</summary>
    public required OrderRequest Request { get; init; }

    /// <summary>Where it is.</summary>
    public OrderState State { get; init; } = OrderState.Of(OrderStatus.Initialized);

    /// <summary>Executed quantity.</summary>
    public decimal Filled { get; init; }

    /// <summary>Sum of quantity times price over the executions.</summary>
    public decimal FilledNotional { get; init; }

    /// <summary>Last tick that was applied: it and earlier ones are not applied again.</summary>
    public long LastSeq { get; init; }

    /// <summary>Why it was denied, rejected, cancelled or expired.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Order id.</summary>
    public Guid Id => Request.Id;

    /// <summary>What slippage is measured from: the price that was shown when it was taken, or its trigger; null where unknown.</summary>
    public decimal? Reference { get; init; }

    /// <summary>Taken off the quantity since, because a linked order was executed or its parent ended short.</summary>
    public decimal Reduced { get; init; }

    /// <summary>New terms that are on their way to the exchange; null where none are.</summary>
    public OrderChange? Change { get; init; }

    /// <summary>Why it is to end while a broker still has a part of it: the broker is asked to cancel that; empty where it is not to
    /// end.</summary>
    public string Ending { get; init; } = string.Empty;

    /// <summary>What is kept locally of it; null where it is at the broker as it was asked for.</summary>
    public HeldOrder? Held { get; init; }

    /// <summary>Quantity that may be executed in all.</summary>
    public decimal Quantity => Request.Quantity - Reduced;

    /// <summary>Quantity not executed; zero after an overfill.</summary>
    public decimal Remaining => Math.Max(0m, Quantity - Filled);

    /// <summary>Executed beyond what may be.</summary>
    public decimal Overfill => Math.Max(0m, Filled - Quantity);

    /// <summary>Remaining quantity that does not wait for executions of a parent.</summary>
    public decimal Active => Held is null ? Remaining : Math.Max(0m, Remaining - Held.Dormant);

    /// <summary>Quantity that the market may execute now: for an iceberg, what it shows.</summary>
    public decimal Offered => Held is null ? Remaining : Math.Min(Held.Sent?.Open ?? 0m, Active);

    /// <summary>Market or limit: what the broker knows it as.</summary>
    public OrderType SentType => Held?.Sent?.Type ?? Request.Type;

    /// <summary>Event time at which it, or the part that is offered now, was sent.</summary>
    public DateTimeOffset SentAt => Held?.Sent?.SentAt ?? Request.EventTime;

    /// <summary>Whether the exchange has it, or the part that is offered now.</summary>
    public bool IsAtMarket => Held is null ? State.HasReachedMarket : Held.Sent is { HasArrived: true };

    /// <summary>Average execution price at eight decimals; null before the first execution.</summary>
    public decimal? AveragePrice => Filled == 0m ? null : decimal.Round(FilledNotional / Filled, PriceDecimals, MidpointRounding.ToEven);

    /// <summary>Ids of the executions applied so far.</summary>
    public IReadOnlyList<Guid> Executions { get; init; } = [];

    /// <summary>A new order, before any check.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="reference">What slippage is measured from; null where that is not known.</param>
    public static Order From(OrderRequest request, decimal? reference = null) =>
        new()
        {
            Request = request,
            LastSeq = request.Seq,
            Reference = reference,
        };

    /// <summary>The order after a step other than an execution.</summary>
    /// <exception cref="InvalidOperationException">The step is illegal in the order's state.</exception>
    public Order Apply(OrderStep step, string reason = "") =>
        this with
        {
            State = OrderStateMachine.Next(State, step),
            Reason = reason.Length > 0 ? reason : Reason,
        };

    /// <summary>The order after an execution; null where the execution was applied before, or belongs to another order.</summary>
    /// <exception cref="InvalidOperationException">An execution is illegal in the order's state.</exception>
    public Order? Apply(Fill fill)
    {
        if (fill.OrderId != Id || Executions.Contains(fill.ExecId))
        {
            return null;
        }

        var filled = Filled + fill.Quantity;
        var step = filled < Quantity ? OrderStep.FillPartially : OrderStep.FillCompletely;
        return this with
        {
            State = OrderStateMachine.Next(State, step),
            Filled = filled,
            FilledNotional = FilledNotional + (fill.Quantity * fill.Price),
            LastSeq = Math.Max(LastSeq, fill.Seq),
            Executions = [.. Executions, fill.ExecId],
            Held = Held?.Executed(fill.Quantity),
        };
    }
}
