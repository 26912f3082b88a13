using System.Runtime.InteropServices;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>What the checks of a desk rest on, before a trade, after it and in between.</summary>
internal sealed class DeskRisk
{
    private readonly TradingSettings _settings;
    private readonly WorkingOrders _working;
    private readonly AccountLedger _ledger;
    private readonly Func<string, MarketState> _market;
    private readonly CashReservation _cash;
    private readonly Dictionary<string, (decimal Buys, decimal Sells)> _open = new(StringComparer.Ordinal);
    private decimal _before;
    private DateTimeOffset _now;
    private LimitLayers _overrides;

    public DeskRisk(TradingSettings settings, WorkingOrders working, AccountLedger ledger, Func<string, MarketState> market)
    {
        (_settings, _working, _ledger, _market) = (settings, working, ledger, market);
        (_overrides, Limits, Losses) = (settings.Overrides, settings.Limits, new LossWatch(settings.Limits));
        _cash = new CashReservation(ledger, market, settings, Rate);
    }

    public OrderActivity Activity { get; } = new();

    public LossWatch Losses { get; }

    /// <summary>What holds for the account.</summary>
    public RiskLimits Limits { get; private set; }

    public KillSwitch Kill { get; set; } = KillSwitch.Off;

    public decimal FreeCash => _cash.Free(_working.All, Limits);

    /// <summary>Sets what holds from now on.</summary>
    public void SetLimits(RiskLimits limits, LimitLayers overrides)
    {
        (Limits, _overrides) = (limits, overrides);
        Losses.Limits = limits;
    }

    private decimal Realised => _ledger.Realised - _ledger.Fees;

    private decimal Equity => _ledger.Equity(Value);

    /// <summary>What an order is checked by.</summary>
    /// <param name="request">The order.</param>
    /// <param name="desk">The desk's own state.</param>
    /// <param name="replaced">A working order that it takes the place of: it does not count.</param>
    public RiskContext ContextOf(OrderRequest request, DeskState desk, Order? replaced)
    {
        var others = replaced is null ? _working.All : [.. _working.All.Where(order => order.Id != replaced.Id)];
        return new RiskContext
        {
            Request = request,
            Terms = _settings.Instruments(request.Symbol),
            Market = _market(request.Symbol),
            Rate = Rate(request.Symbol),
            Limits = _overrides.For(Limits, request.Origin, request.Symbol),
            TradingState = desk.TradingState,
            IsReconciled = desk.IsReconciled,
            IsDuplicate = desk.IsDuplicate,
            CurrentRun = desk.Run,
            Position = _ledger.QuantityOf(request.Symbol),
            WorkingSameSide = WorkingOrders.Open(others, request.Symbol, request.Side),
            FreeCash = _cash.Free(others, Limits),
            HasParent = request.Conditions.ParentId is { } parent && _working.Find(parent) is not null,
            Working = others,
            Activity = Activity,
            Account = () => Exposed(others),
            Band = _settings.Bands(request.Symbol),
            Calendar = _settings.Calendars(request.Symbol),
            Loss = Losses.Breach,
            Kill = Kill,
        };
    }

    /// <summary>Before a tick is offered.</summary>
    public void StartTick(string symbol, DateTimeOffset at)
    {
        _before = _ledger.QuantityOf(symbol);
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
        var shown = request.Side == Side.Buy ? _market(request.Symbol).Ask.Price : _market(request.Symbol).Bid.Price;
        return request.Conditions.TriggerPrice ?? shown;
    }

    /// <summary>Price of a symbol's newest tick in the currency of the account; null before the first, or without a rate.</summary>
    public decimal? Value(string symbol) => _market(symbol).Mark * Rate(symbol);

    /// <summary>What one unit of the symbol's currency is worth in the account's; null where that is not known.</summary>
    public decimal? Rate(string symbol) => _settings.Instruments(symbol) is { } terms ? _settings.Rates(terms, _now) : null;

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

        var after = _ledger.QuantityOf(trades[0].Fill!.Symbol);
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
                    Imbalance = _ledger.Imbalance(),
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
        _open.Clear();
        for (var i = 0; i < orders.Count; i++)
        {
            var request = orders[i].Request;
            if (!request.Conditions.ReduceOnly)
            {
                ref var open = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, request.Symbol, out _);
                (request.Side == Side.Buy ? ref open.Buys : ref open.Sells) += orders[i].Remaining;
            }
        }

        var symbols = new Dictionary<string, SymbolExposure>(_ledger.Positions.Count + _open.Count, StringComparer.Ordinal);
        foreach (var position in _ledger.Positions.Values)
        {
            symbols[position.Symbol] = Of(position.Symbol, position.Quantity, _open.GetValueOrDefault(position.Symbol));
        }

        foreach (var (symbol, open) in _open)
        {
            if (!symbols.ContainsKey(symbol))
            {
                symbols[symbol] = Of(symbol, 0m, open);
            }
        }

        return new AccountExposure(symbols, Equity);
    }

    private SymbolExposure Of(string symbol, decimal quantity, (decimal Buys, decimal Sells) open) =>
        new(symbol, _settings.Instruments(symbol)?.Sector ?? string.Empty, quantity, open.Buys, open.Sells, Value(symbol));
}

/// <summary>What an order is checked by, of the desk itself.</summary>
/// <param name="TradingState">Whether new orders are taken.</param>
/// <param name="IsReconciled">Whether the account is.</param>
/// <param name="IsDuplicate">Whether another order has the client order id.</param>
/// <param name="Run">Run of the newest tick; null before the first.</param>
internal readonly record struct DeskState(TradingState TradingState, bool IsReconciled, bool IsDuplicate, string? Run);
