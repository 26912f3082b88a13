using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Microstructure;

/// <summary>Which side took each trade: at or beyond the ask a buyer, at or beyond the bid a seller, otherwise by the tick rule.</summary>
/// <remarks>Source: C. Lee and M. Ready, Inferring trade direction from intraday data, 1991, without their delay of quotes.</remarks>
internal struct TradeFlow
{
    private long _last;

    /// <summary>1 for a buyer, -1 for a seller, 0 while not known.</summary>
    internal int Side { get; private set; }

    internal void Update(in PackedTick trade, SymbolState state)
    {
        var price = trade.Price.Nanos;
        var isBuy = state.Ask.Nanos > 0 && price >= state.Ask.Nanos;
        var isSell = state.Bid.Nanos > 0 && price <= state.Bid.Nanos;
        if (isBuy != isSell)
        {
            Side = isBuy ? 1 : -1;
        }
        else if (_last != 0 && price != _last)
        {
            Side = Math.Sign(price - _last); // no branch: it would be guessed wrongly every other time
        }

        _last = price;
    }

    internal readonly void Save(StateWriter writer)
    {
        writer.Write(_last);
        writer.Write(Side);
    }

    internal void Load(ref StateReader reader)
    {
        _last = reader.ReadInt64();
        Side = reader.ReadInt32(-1, 1);
    }
}
