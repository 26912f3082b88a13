using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Market;

namespace AITrader.Trading.Engine;

/// <summary>Executions that are booked already, at ticks that will be seen again.</summary>
internal sealed class KnownFills
{
    private readonly Dictionary<long, List<Fill>> _bySeq = [];

    /// <summary>Names one.</summary>
    public void Add(Fill booked)
    {
        if (!_bySeq.TryGetValue(booked.Seq, out var list))
        {
            _bySeq[booked.Seq] = list = [];
        }

        list.Add(booked);
    }

    /// <summary>The market after what executions of a tick took of it.</summary>
    public MarketState Take(in Tick tick, MarketState market, out decimal traded)
    {
        traded = tick.IsTrade ? tick.Volume : 0m;
        if (!_bySeq.Remove(tick.Seq, out var booked))
        {
            return market;
        }

        foreach (var execution in booked)
        {
            // What was taken behind the touch is not taken of the touch.
            var shown = execution.Side == Side.Buy ? tick.Ask : tick.Bid;
            if (execution.Symbol == tick.Symbol && (!execution.IsTaker || shown is not { } touch || touch == execution.Price))
            {
                (market, traded) = TickMatcher.Take(tick, market, traded, execution);
            }
        }

        return market;
    }
}
