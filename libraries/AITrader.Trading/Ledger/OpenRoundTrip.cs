using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger;

/// <summary>A round trip that is not over: what was entered and what was left of it so far.</summary>
internal sealed class OpenRoundTrip(string symbol, Side side, DateTimeOffset entryTime)
{
    private const int PriceDecimals = 8;

    private decimal _entered;
    private decimal _paid;
    private decimal _exited;
    private decimal _received;
    private decimal _fees;
    private decimal _worst;
    private decimal _best;

    internal string Symbol => symbol;

    internal DateTimeOffset EntryTime => entryTime;

    /// <summary>Signed quantity that is open.</summary>
    internal decimal Quantity => side.Sign() * (_entered - _exited);

    private decimal Flow => side.Sign() * (_received - _paid);

    internal void Add(decimal signed, decimal price, decimal fee)
    {
        Mark(price);
        var quantity = Math.Abs(signed);
        _fees += fee;
        if (Math.Sign(signed) == side.Sign())
        {
            _entered += quantity;
            _paid += quantity * price;
        }
        else
        {
            _exited += quantity;
            _received += quantity * price;
        }
    }

    /// <summary>Profit so far, open and closed, at a price.</summary>
    internal void Mark(decimal price)
    {
        var profit = Flow + (Quantity * price);
        _worst = Math.Min(_worst, profit);
        _best = Math.Max(_best, profit);
    }

    internal void Split(StockSplit split)
    {
        var open = Math.Abs(split.QuantityOf(Quantity));
        if (open == 0m)
        {
            throw new InvalidOperationException($"the split of {symbol} leaves nothing of {Quantity}");
        }

        _exited = split.QuantityOf(_exited);
        _entered = _exited + open;
    }

    internal ClosedTrade Close(DateTimeOffset time) =>
        new()
        {
            Symbol = symbol,
            Side = side,
            Quantity = _entered,
            EntryTime = entryTime,
            EntryPrice = decimal.Round(_paid / _entered, PriceDecimals, MidpointRounding.ToEven),
            ExitTime = time,
            ExitPrice = decimal.Round(_received / _exited, PriceDecimals, MidpointRounding.ToEven),
            Profit = Flow,
            Fees = _fees,
            MaxAdverse = _worst,
            MaxFavourable = _best,
        };
}
