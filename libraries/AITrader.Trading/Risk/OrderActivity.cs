namespace AITrader.Trading.Risk;

/// <summary>Orders, changes, cancels and executions of an account, in event time. One caller at a time.</summary>
public sealed class OrderActivity
{
    /// <summary>Longest span that can be asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly EventTimes _orders = new(Longest);
    private readonly EventTimes _modifies = new(Longest);
    private readonly EventTimes _fills = new(Longest);

    /// <summary>Orders, changes and cancels.</summary>
    public long Messages { get; private set; }

    /// <summary>Executions.</summary>
    public long Trades { get; private set; }

    /// <summary>Takes up where a process left off.</summary>
    /// <param name="messages">Orders, changes and cancels so far.</param>
    /// <param name="trades">Executions so far.</param>
    /// <param name="orders">Event times of the orders of the last minute, in their order.</param>
    /// <param name="fills">Those of its executions.</param>
    public void Restore(long messages, long trades, IEnumerable<DateTimeOffset> orders, IEnumerable<DateTimeOffset> fills)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(fills);
        (Messages, Trades) = (messages, trades);
        StartRun();
        foreach (var at in orders)
        {
            _orders.Add(at);
        }

        foreach (var at in fills)
        {
            _fills.Add(at);
        }
    }

    /// <summary>An order was sent.</summary>
    public void Ordered(DateTimeOffset at)
    {
        Messages++;
        _orders.Add(at);
    }

    /// <summary>A change of an order was sent.</summary>
    public void Modified(DateTimeOffset at)
    {
        Messages++;
        _modifies.Add(at);
    }

    /// <summary>A cancel was sent.</summary>
    public void Cancelled() => Messages++;

    /// <summary>An order was executed.</summary>
    public void Executed(DateTimeOffset at)
    {
        Trades++;
        _fills.Add(at);
    }

    /// <summary>Orders after <paramref name="at"/> minus <paramref name="span"/>; the span is a minute at most.</summary>
    public int OrdersWithin(TimeSpan span, DateTimeOffset at) => _orders.Within(span, at);

    /// <summary>Changes likewise.</summary>
    public int ModifiesWithin(TimeSpan span, DateTimeOffset at) => _modifies.Within(span, at);

    /// <summary>Executions likewise.</summary>
    public int FillsWithin(TimeSpan span, DateTimeOffset at) => _fills.Within(span, at);

    /// <summary>Forgets the times: event time starts anew with a run.</summary>
    public void StartRun()
    {
        _orders.Clear();
        _modifies.Clear();
        _fills.Clear();
    }
}
