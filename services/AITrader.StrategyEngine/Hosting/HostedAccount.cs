using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Storage.Strategies;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Hosting;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>The account of one hosted strategy: its capital, and what the execution engine says became of its orders. Orders that pass the
/// checks here wait to be sent.</summary>
internal sealed class HostedAccount
{
    private readonly HostedStrategyOptions _options;
    private readonly HostedRequests _requests;
    private readonly HostedRun _run;
    private readonly TradingDesk _desk;
    private readonly DeskAccount _book;
    private readonly Dictionary<Guid, Order> _orders = [];
    private readonly HashSet<Guid> _adopted = [];

    public HostedAccount(HostedStrategyOptions options, HostedRequests requests, HostedRun run)
    {
        (_options, _requests, _run) = (options, requests, run);

        // Bounds of the account are the execution engine's business; here only cash and budget count.
        var settings = new TradingSettings(run.Terms, Bounds, Trading.Fills.FillRules.Default, static (_, _) => Guid.Empty);
        _desk = new TradingDesk(settings, new AccountLedger(options.Capital)) { IsReconciled = true, IsTold = true };
        _book = new DeskAccount(_desk, run.Terms);
    }

    public static RiskLimits Bounds { get; } = RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue };

    public IPortfolio Portfolio => _book;

    public AccountLedger Ledger => _desk.Ledger;

    /// <summary>Orders that it placed, those that were denied included.</summary>
    public int Placed { get; private set; }

    /// <summary>Whether the strategy does over again what it did before: what is not known already is not sent.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Why nothing may be sent now; null where it may.</summary>
    public Denial? Objection { get; set; }

    /// <summary>Why nothing may be sent now that adds to a position; null where it may.</summary>
    public Denial? Restriction { get; set; }

    /// <summary>Whether it did something else, doing it over again, than it did before.</summary>
    public bool HasDeparted { get; private set; }

    public Instrument? Terms(string symbol) => _run.Terms(symbol);

    public void Submit(OrderRequest request)
    {
        if (Refusal(request) is { } denial)
        {
            Deny([request], denial);
        }
        else
        {
            Take([_desk.Submit(request, isDuplicate: false)], () => _requests.New(request));
        }
    }

    public void Submit(Bracket bracket)
    {
        if (Refusal(bracket.Entry) is { } denial)
        {
            Deny(bracket.Legs, denial);
        }
        else
        {
            Take(_desk.Submit(bracket, isDuplicate: false), () => _requests.New(bracket));
        }
    }

    public void Cancel(Guid orderId, string reason)
    {
        if (IsQuiet && !_requests.KnowsCancel(orderId))
        {
            return;
        }

        if (_desk.Cancel(orderId, reason) is { Count: > 0 } outcomes)
        {
            _book.Enqueue(outcomes);
            _requests.Cancel(outcomes[0].Order);
        }
    }

    /// <summary>Takes a tick: prices, and what followed from the last cancels.</summary>
    public void OnTick(Domain.Ticks.Tick tick) => _book.Enqueue(_desk.OnTick(tick));

    /// <summary>Takes over what became of an order, or of what it holds.</summary>
    public void Tell(StrategyNews news)
    {
        switch (news)
        {
            case StoredStep step:
                Tell(step);
                break;
            case StoredAdjustment adjustment:
                _desk.Book(adjustment.Row);
                break;
        }
    }

    private void Tell(StoredStep step)
    {
        var status = WireNames.FindStatus(step.Event.Status);
        if (Known(step.Order.Id) is not { } order)
        {
            if (status == OrderStatus.Submitted)
            {
                Adopt(step.Order);
            }

            return;
        }

        var repeats = IsQuiet && !_adopted.Contains(order.Id) && step.Event.Reason == _requests.CancelReason;
        if (status is null or OrderStatus.Submitted || repeats)
        {
            return;
        }

        _book.Enqueue(
            _desk.Apply(
                order,
                new OrderNews(status.Value, step.Event.Reason, step.Event.Timestamp, step.Event.Seq, FillOf(step))
                {
                    Change = OrderChangeText.Read(step.Event.Reason, step.Event.Timestamp),
                }
            )
        );
    }

    /// <summary>The next step to hand on to the strategy.</summary>
    public bool TryTake(out TradingOutcome outcome)
    {
        if (!_book.TryTake(out outcome))
        {
            return false;
        }

        _orders[outcome.Order.Id] = outcome.Order;
        return true;
    }

    /// <summary>Cancels what works: the strategy was stopped.</summary>
    public void CancelAll(string reason)
    {
        foreach (var order in _desk.Working.ToArray())
        {
            Cancel(order.Id, reason);
        }

        while (TryTake(out _)) { }
    }

    // All of them or none was taken.
    private void Take(IReadOnlyList<TradingOutcome> outcomes, Action send)
    {
        _book.Enqueue(outcomes);
        Placed += outcomes.Count;
        foreach (var order in outcomes.Select(static outcome => outcome.Order))
        {
            _orders[order.Id] = order;
        }

        if (outcomes[0].Status != OrderStatus.Denied)
        {
            send();
            return;
        }

        foreach (var outcome in outcomes)
        {
            _requests.Denied(outcome.Order.Request, outcome.Reason);
        }
    }

    // What it would have done before it was started is not worth an event.
    private void Deny(IReadOnlyList<OrderRequest> requests, Denial denial)
    {
        _book.Enqueue([.. requests.Select(request => Denied(request, denial))]);
        Placed += IsQuiet ? 0 : requests.Count;
        foreach (var request in IsQuiet ? [] : requests)
        {
            _requests.Denied(request, denial.ToString());
        }
    }

    // An order that was sent before goes the way that it went.
    private Denial? Refusal(OrderRequest request)
    {
        if (_requests.KnowsOrder(request.Id))
        {
            return null;
        }

        if (IsQuiet)
        {
            HasDeparted = true;
            return Denial.Of(HostingCodes.CatchingUp, ("at", request.EventTime));
        }

        return Objection ?? OverBudget(request);
    }

    private Denial? OverBudget(OrderRequest request)
    {
        var before = ExposureOf(request.Symbol);
        var adding = request.Conditions.ReduceOnly
            ? 0m
            : Exposure.Adding(
                before.Position,
                request.Side,
                request.Side == Side.Buy ? before.OpenBuys : before.OpenSells,
                request.Quantity
            );
        if (adding == 0m)
        {
            return null;
        }

        if (Restriction is not null)
        {
            return Restriction;
        }

        var others = _options.Symbols.Where(symbol => symbol != request.Symbol).Sum(symbol => ExposureOf(symbol).Worst);
        var price = request.LimitPrice ?? before.Price ?? 0m;
        var notional = others + (before with { Price = price }).With(request.Side, request.Quantity).Worst;
        return notional <= _options.Budget
            ? null
            : Denial.Of(HostingCodes.BudgetExceeded, ("notional", notional), ("budget", _options.Budget), ("strategy", _options.Name));
    }

    private SymbolExposure ExposureOf(string symbol)
    {
        var exposure = new SymbolExposure(symbol, string.Empty, _desk.Ledger.QuantityOf(symbol), 0m, 0m, _desk.Mark(symbol));
        foreach (var order in _desk.Working.Where(order => order.Request.Symbol == symbol && !order.Request.Conditions.ReduceOnly))
        {
            exposure = exposure.With(order.Request.Side, order.Remaining);
        }

        return exposure;
    }

    // An order of another version of the strategy: it belongs to the account all the same.
    private void Adopt(Storage.Rows.OrderRow row)
    {
        if (HostedRequests.RequestOf(row) is not { } request)
        {
            return;
        }

        HasDeparted |= row.CreatedAt >= _run.Since;
        _orders[request.Id] = _desk.Adopt(request);
        _adopted.Add(request.Id);
    }

    private Order? Known(Guid id) => _desk.Working.FirstOrDefault(order => order.Id == id) ?? _orders.GetValueOrDefault(id);

    private static Fill? FillOf(StoredStep step) =>
        step.Execution is not { } row
            ? null
            : new Fill
            {
                ExecId = row.ExecId,
                OrderId = row.OrderId,
                Symbol = row.Symbol,
                Side = row.Side,
                Quantity = row.Quantity,
                Price = row.Price,
                Fee = row.Fee,
                IsTaker = row.Liquidity == "taker",
                Timestamp = row.Timestamp,
                Seq = row.Seq,
                Run = row.Run,
            };

    private static TradingOutcome Denied(OrderRequest request, Denial denial) =>
        TradingOutcome.Of(Order.From(request).Apply(OrderStep.Deny, denial.ToString()), denial.ToString(), request.EventTime, request.Seq);
}
