using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>The broker behind all its faces: REST, ticker and MCP. Safe from any thread: one request or one step of the market at a
/// time.</summary>
internal sealed class BrokerDesk(
    BrokerState state,
    OrderFlow flow,
    GttDesk gtts,
    DayClock days,
    Matcher matcher,
    Rms rms,
    MarketBoard board,
    TimeProvider clock
)
{
    private readonly Lock _gate = new();
    private long _matchedSteps;

    /// <summary>Takes an order, in slices where it asks for that; the ids of all slices, or why one was refused.</summary>
    /// <exception cref="BrokerRefusalException">The first one is not taken.</exception>
    public IReadOnlyList<SliceResult> Place(OrderTicket ticket)
    {
        lock (_gate)
        {
            var now = Begin();
            var slices = Slices(ticket);
            OrderRules.Check(ticket);
            var first = flow.Place(slices[0], now);
            var results = new List<SliceResult> { new(first.Id, null) };
            foreach (var slice in slices.Skip(1))
            {
                results.Add(PlaceSlice(slice, first.Id, now));
            }

            return results;
        }
    }

    public BrokerOrder Modify(string variety, string id, OrderChange change) => Do(now => flow.Modify(variety, id, change, now));

    public BrokerOrder Cancel(string variety, string id) => Do(now => flow.Cancel(variety, id, now));

    public Gtt SetGtt(GttRequest request) => Do(now => gtts.Set(request, now));

    public Gtt ChangeGtt(int id, GttRequest request) => Do(now => gtts.Change(id, request, now));

    public Gtt DeleteGtt(int id) => Do(now => gtts.Delete(id, now));

    public Gtt FindGtt(int id) => Do(_ => gtts.Find(id));

    public IReadOnlyList<Gtt> Gtts() => Do<IReadOnlyList<Gtt>>(_ => [.. state.Gtts.Where(static gtt => gtt.Status != "deleted")]);

    /// <summary>Orders of today, oldest first.</summary>
    public IReadOnlyList<BrokerOrder> Orders() =>
        Do<IReadOnlyList<BrokerOrder>>(now =>
            [.. state.Orders.Where(order => !order.IsFinal || IndianTime.DateOf(order.RequestedAt) == IndianTime.DateOf(now))]
        );

    /// <summary>All states of an order.</summary>
    /// <exception cref="BrokerRefusalException">There is no such order.</exception>
    public IReadOnlyList<BrokerOrder> History(string id) =>
        Do<IReadOnlyList<BrokerOrder>>(_ =>
            state.History(id) is { Count: > 0 } states ? [.. states] : throw BrokerRefusalException.Order("Couldn't find that `order_id`.")
        );

    /// <summary>Trades of today, oldest first.</summary>
    public IReadOnlyList<Trade> Trades() =>
        Do<IReadOnlyList<Trade>>(now => [.. state.Trades.Where(trade => IndianTime.DateOf(trade.FilledAt) == IndianTime.DateOf(now))]);

    /// <summary>All orders and trades there ever were: what a judge compares with.</summary>
    public (IReadOnlyList<BrokerOrder> Orders, IReadOnlyList<Trade> Trades) Everything() =>
        Do<(IReadOnlyList<BrokerOrder>, IReadOnlyList<Trade>)>(_ => ([.. state.Orders], [.. state.Trades]));

    /// <summary>Reads the account while nothing changes it.</summary>
    public T Read<T>(Func<Account, Rms, T> read) => Do(_ => read(state.Account, rms));

    /// <summary>Moves a part of a position to another product.</summary>
    /// <exception cref="BrokerRefusalException">There is no such position, or no margin for the new product.</exception>
    public void Convert(Conversion request) => Do(now => Book(request with { At = now }));

    /// <summary>Goes on to the present: expiries, releases, triggers, and fills by what the market did since.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            var now = Begin();
            days.Step(now);
            var isNewStep = board.Steps != _matchedSteps;
            _matchedSteps = board.Steps;
            foreach (var order in state.Live.Where(static order => order.IsWorking))
            {
                Match(order, isNewStep, now);
            }

            gtts.Step(now);
        }
    }

    private void Match(BrokerOrder order, bool isNewStep, DateTimeOffset now)
    {
        if (order.NotBefore is { } due)
        {
            if (due <= now)
            {
                flow.Follow(matcher.Enter(state.Keep(order with { NotBefore = null }), now), now);
            }
        }
        else if (isNewStep)
        {
            flow.Follow(matcher.Step(order, now), now);
        }
    }

    private T Do<T>(Func<DateTimeOffset, T> work)
    {
        lock (_gate)
        {
            return work(Begin());
        }
    }

    private DateTimeOffset Begin()
    {
        var now = clock.GetUtcNow();
        state.RollTo(now);
        return now;
    }

    private static List<OrderTicket> Slices(OrderTicket ticket)
    {
        if (!ticket.IsAutoslice || ticket.Quantity <= OrderRules.FreezeQuantity)
        {
            return [ticket];
        }

        var slices = new List<OrderTicket>();
        for (var left = ticket.Quantity; left > 0; left -= OrderRules.FreezeQuantity)
        {
            slices.Add(ticket with { Quantity = Math.Min(left, OrderRules.FreezeQuantity), DisclosedQuantity = 0 });
        }

        return slices;
    }

    private SliceResult PlaceSlice(OrderTicket slice, string parentId, DateTimeOffset now)
    {
        try
        {
            return new SliceResult(flow.Place(slice, now, parentId).Id, null);
        }
        catch (BrokerRefusalException refusal)
        {
            return new SliceResult(null, refusal);
        }
    }

    private bool Book(Conversion change)
    {
        var held = state.Account.Position(change.Symbol, change.OldProduct);
        if (held is null || change.Quantity <= 0 || change.Quantity > Convertible(change, held))
        {
            throw BrokerRefusalException.Order("Position conversion quantity is more than the open position.");
        }

        var value = change.Quantity * held.AveragePrice;
        RequireMargin((value / Margins.Leverage(change.NewProduct)) - (value / Margins.Leverage(change.OldProduct)));
        state.Keep(change with { Price = held.AveragePrice });
        return true;
    }

    private static int Convertible(Conversion change, PositionState held)
    {
        var open = change.IsOvernight ? held.Overnight : held.DayBuyQuantity - held.DaySellQuantity;
        return change.IsBuy ? open : -open;
    }

    private void RequireMargin(decimal required)
    {
        if (required > rms.Available)
        {
            throw new BrokerRefusalException(
                StatusCodes.Status400BadRequest,
                "MarginException",
                FormattableString.Invariant(
                    $"Insufficient funds. Required margin is {required:F2} but available margin is {rms.Available:F2}. Check the orderbook for open orders."
                )
            );
        }
    }
}

/// <summary>One slice of an order: its id, or why it was refused.</summary>
internal sealed record SliceResult(string? OrderId, BrokerRefusalException? Refusal);
