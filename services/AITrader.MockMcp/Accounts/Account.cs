using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Accounts;

/// <summary>Cash, positions and holdings, from nothing but trades and conversions in their order. Not safe from several threads.</summary>
internal sealed class Account(decimal cash)
{
    private readonly Dictionary<(string Symbol, string Product), PositionState> _positions = [];
    private readonly Dictionary<string, HoldingState> _holdings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Product, bool IsBuy, decimal Value)> _turnover = new(StringComparer.Ordinal);
    private DateOnly? _day;

    /// <summary>Cash at the start of the day.</summary>
    public decimal OpeningBalance { get; private set; } = cash;

    public IEnumerable<PositionState> Positions => _positions.Values;

    public IEnumerable<HoldingState> Holdings => _holdings.Values;

    public PositionState? Position(string symbol, string product) => _positions.GetValueOrDefault((symbol, product));

    public HoldingState? Holding(string symbol) => _holdings.GetValueOrDefault(symbol);

    /// <summary>Puts shares into the depository before the first day.</summary>
    public void Endow(HoldingState holding) => _holdings[holding.Symbol] = holding;

    public void Apply(Trade trade)
    {
        RollTo(IndianTime.DateOf(trade.FilledAt));
        var key = (trade.Symbol, trade.Product);
        var before = _positions.GetValueOrDefault(key) ?? new PositionState(trade.Exchange, trade.Symbol, trade.Token, trade.Product);
        _positions[key] = before.With(trade.IsBuy, trade.Quantity, trade.Value);
        var ordered = _turnover.GetValueOrDefault(trade.OrderId);
        _turnover[trade.OrderId] = (trade.Product, trade.IsBuy, ordered.Value + trade.Value);
    }

    public void Apply(Conversion change)
    {
        RollTo(IndianTime.DateOf(change.At));
        Move(change, change.OldProduct, -1);
        Move(change, change.NewProduct, 1);
    }

    /// <summary>Ends the days before: delivery trades become holdings, results and charges are booked.</summary>
    public void RollTo(DateOnly day)
    {
        if (_day is { } before && day > before)
        {
            EndDay();
        }

        _day = _day is { } known && known > day ? known : day;
    }

    /// <summary>What delivery trades took from the cash today; negative where they brought some.</summary>
    public decimal DeliveryDebit =>
        _positions.Values.Where(static held => held.Product == "CNC").Sum(static held => held.DayBuyValue - held.DaySellValue);

    /// <summary>Profit of what was closed today in the other products.</summary>
    public decimal Realised => _positions.Values.Where(static held => held.Product != "CNC").Sum(static held => held.Realised);

    private void EndDay()
    {
        OpeningBalance +=
            Realised - DeliveryDebit - _turnover.Values.Sum(static order => Charges.Of(order.Product, order.IsBuy, order.Value).Total);
        _turnover.Clear();
        foreach (var symbol in _holdings.Keys.Union(_positions.Keys.Select(static key => key.Symbol)).ToList())
        {
            Deliver(symbol);
        }

        foreach (var (key, state) in _positions.ToList())
        {
            if (key.Product == "CNC" || state.Quantity == 0)
            {
                _positions.Remove(key);
            }
            else
            {
                _positions[key] = state.Carry();
            }
        }
    }

    private void Deliver(string symbol)
    {
        var traded = Position(symbol, "CNC");
        if ((Holding(symbol), traded) is (null, null or { Quantity: 0 }))
        {
            return;
        }

        var before = Holding(symbol) ?? new HoldingState(traded!.Exchange, symbol, traded.Token);
        var after = before.NextDay(traded?.Quantity ?? 0, traded?.AveragePrice ?? 0);
        if (after.Quantity == 0)
        {
            _holdings.Remove(symbol);
        }
        else
        {
            _holdings[symbol] = after;
        }
    }

    private void Move(Conversion change, string product, int sign)
    {
        var key = (change.Symbol, product);
        var before = _positions.GetValueOrDefault(key) ?? new PositionState(change.Exchange, change.Symbol, change.Token, product);
        var quantity = sign * change.Quantity;
        _positions[key] = change.IsOvernight
            ? before with
            {
                Overnight = before.Overnight + (change.IsBuy ? quantity : -quantity),
                OvernightPrice = change.Price,
            }
            : before.With(change.IsBuy, quantity, quantity * change.Price);
        if (_positions[key] is { Overnight: 0, DayBuyQuantity: 0, DaySellQuantity: 0 })
        {
            _positions.Remove(key);
        }
    }
}
