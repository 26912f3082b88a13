using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>What the checks of a desk rest on, before a trade, after it and in between.</summary>
internal sealed class DeskRisk(TradingSettings settings, WorkingOrders working, AccountLedger ledger, Func<string, MarketState> market)
{
    private decimal _before;
    private DateTimeOffset _now;
    private LimitLayers _overrides = settings.Overrides;

    public OrderActivity Activity { get; } = new();

    public LossWatch Losses { get; } = new(settings.Limits);

    /// <summary>What holds for the account.</summary>
    public RiskLimits Limits { get; private set; } = settings.Limits;

    public KillSwitch Kill { get; set; } = KillSwitch.Off;

    public decimal FreeCash => CashReservation.Free(ledger, working.All, market, settings.Instruments, Rate, Limits);

    /// <summary>Sets what holds from now on.</summary>
    public void SetLimits(RiskLimits limits, LimitLayers overrides)
    {
        (Limits, _overrides) = (limits, overrides);
        Losses.Limits = limits;
    }

    private decimal Realised => ledger.Realised - ledger.Fees;

    private decimal Equity => ledger.Equity(Value);

    /// <summary>What an order is checked by; the desk's own state is missing.</summary>
    /// <param name="request">The order.</param>
    /// <param name="state">Whether new orders are taken.</param>
    /// <param name="replaced">A working order that it takes the place of: it does not count.</param>
    public RiskContext ContextOf(OrderRequest request, TradingState state, Order? replaced = null)
    {
        var others = replaced is null ? working.All : [.. working.All.Where(order => order.Id != replaced.Id)];
        return new RiskContext
        {
            Request = request,
            Terms = settings.Instruments(request.Symbol),
            Market = market(request.Symbol),
            Rate = Rate(request.Symbol),
            Limits = _overrides.For(Limits, request.Origin, request.Symbol),
            TradingState = state,
            IsReconciled = false,
            IsDuplicate = false,
            CurrentRun = null,
            Position = ledger.PositionOf(request.Symbol).Quantity,
            WorkingSameSide = WorkingOrders.Open(others, request.Symbol, request.Side),
            FreeCash = CashReservation.Free(ledger, others, market, settings.Instruments, Rate, Limits),
            HasParent = request.Conditions.ParentId is { } parent && working.Find(parent) is not null,
            Working = others,
            Activity = Activity,
            Account = () => Exposed(others),
            Band = settings.Bands(request.Symbol),
            Calendar = settings.Calendars(request.Symbol),
            Loss = Losses.Breach,
            Kill = Kill,
        };
    }

    /// <summary>Before a tick is offered.</summary>
    public void StartTick(string symbol, DateTimeOffset at)
    {
        _before = ledger.PositionOf(symbol).Quantity;
        _now = at > _now ? at : _now;
        if (Losses.IsOn)
        {
            Losses.Start(at, Realised, Equity);
        }
    }

    /// <summary>After a tick was offered: what halts, if anything does.</summary>
    /// <param name="outcomes">What came of it.</param>
    /// <param name="markBefore">Price of the symbol's tick before.</param>
    public Denial? EndTick(IReadOnlyList<TradingOutcome> outcomes, decimal? markBefore)
    {
        var breach = AfterTrades(outcomes, markBefore);
        return Losses.IsOn && Losses.Look(Realised, Equity) is { } loss ? breach ?? loss : breach;
    }

    /// <summary>Takes a breach of a loss limit back and measures the drawdown from here on.</summary>
    public void ResetLosses() => Losses.Reset(Equity);

    /// <summary>What the slippage of a new order is measured from.</summary>
    public decimal? ReferenceOf(OrderRequest request)
    {
        var shown = request.Side == Side.Buy ? market(request.Symbol).Ask.Price : market(request.Symbol).Bid.Price;
        return request.Conditions.TriggerPrice ?? shown;
    }

    /// <summary>Price of a symbol's newest tick in the currency of the account; null before the first, or without a rate.</summary>
    public decimal? Value(string symbol) => market(symbol).Mark * Rate(symbol);

    /// <summary>What one unit of the symbol's currency is worth in the account's; null where that is not known.</summary>
    public decimal? Rate(string symbol) => settings.Instruments(symbol) is { } terms ? settings.Rates(terms, _now) : null;

    private Denial? AfterTrades(IReadOnlyList<TradingOutcome> outcomes, decimal? markBefore)
    {
        if (outcomes.Count == 0)
        {
            return null;
        }

        List<TradingOutcome> trades = [.. outcomes.Where(static outcome => outcome.Fill is not null)];
        trades.ForEach(trade => Activity.Executed(trade.Fill!.Timestamp));
        if (trades.Count == 0 || !PostTradeChecks.AreAsked(Limits))
        {
            return null;
        }

        var after = ledger.PositionOf(trades[0].Fill!.Symbol).Quantity;
        var before = _before;
        Denial? breach = null;
        foreach (var trade in trades)
        {
            var expected = before + trade.Fill!.SignedQuantity;
            breach ??= PostTradeChecks.Check(
                new PostTradeContext
                {
                    Fill = trade.Fill,
                    Order = trade.Order,
                    Mark = markBefore,
                    Before = before,
                    After = trade == trades[^1] ? after : expected,
                    Imbalance = ledger.Imbalance(),
                    Limits = Limits,
                    Activity = Activity,
                }
            );
            before = expected;
        }

        return breach;
    }

    private AccountExposure Exposed(IReadOnlyList<Order> orders)
    {
        var symbols = new Dictionary<string, SymbolExposure>(StringComparer.Ordinal);
        foreach (var position in ledger.Positions.Values)
        {
            symbols[position.Symbol] = Held(position.Symbol, position.Quantity);
        }

        foreach (var order in orders.Where(static order => !order.Request.Conditions.ReduceOnly))
        {
            var symbol = order.Request.Symbol;
            symbols[symbol] = (symbols.GetValueOrDefault(symbol) ?? Held(symbol, 0m)).With(order.Request.Side, order.Remaining);
        }

        return new AccountExposure(symbols, Equity);
    }

    private SymbolExposure Held(string symbol, decimal quantity) =>
        new(symbol, settings.Instruments(symbol)?.Sector ?? string.Empty, quantity, 0m, 0m, Value(symbol));
}
