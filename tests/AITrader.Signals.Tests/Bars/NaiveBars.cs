using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;

namespace AITrader.Signals.Tests.Bars;

/// <summary>Bars by grouping whole lists: slow, in decimal, and written without looking at the builders.</summary>
internal static class NaiveBars
{
    /// <summary>What is comparable of a bar: start, end, prices, volume, number of ticks, complete or not.</summary>
    internal sealed record Row(long Start, long End, decimal[] Prices, decimal Volume, long Ticks, bool IsComplete)
    {
        public override string ToString() =>
            FormattableString.Invariant($"{Start}-{End} {string.Join('/', Prices)} v{Volume:0.########} n{Ticks} {IsComplete}");
    }

    internal static List<string> Rows(IEnumerable<Bar> bars) =>
        [
            .. bars.Select(static bar =>
                new Row(
                    bar.StartMicros,
                    bar.EndMicros,
                    bar.Kind == BarKind.Trade ? Four(bar.Trade) : [.. Four(bar.Bid), .. Four(bar.Ask)],
                    bar.Volume.ToDecimal(),
                    bar.Ticks,
                    bar.IsComplete
                ).ToString()
            ),
        ];

    internal static List<string> TimeTrades(IEnumerable<PackedTick> ticks, long period) =>
        [
            .. ticks
                .Where(static tick => tick.Kind == TickKind.Trade)
                .GroupBy(tick => (Day: tick.TimeMicros / EventTime.MicrosPerDay, Slot: tick.TimeMicros % EventTime.MicrosPerDay / period))
                .Select(group =>
                {
                    var start = (group.Key.Day * EventTime.MicrosPerDay) + (group.Key.Slot * period);
                    var end = Math.Min(start + period, (group.Key.Day + 1) * EventTime.MicrosPerDay);
                    return RowOf(group, start, end, true).ToString();
                }),
        ];

    /// <summary>Event bars of one session (by default, UTC day) after the other; a bar is full when <paramref name="isFull"/> says so of
    /// its trades.</summary>
    internal static List<string> EventTrades(
        IEnumerable<PackedTick> ticks,
        Func<List<PackedTick>, bool> isFull,
        Func<PackedTick, long>? session = null
    )
    {
        var rows = new List<string>();
        foreach (
            var day in ticks
                .Where(static tick => tick.Kind == TickKind.Trade)
                .GroupBy(session ?? (static tick => tick.TimeMicros / EventTime.MicrosPerDay))
        )
        {
            var open = new List<PackedTick>();
            foreach (var tick in day)
            {
                open.Add(tick);
                if (isFull(open))
                {
                    rows.Add(RowOf(open, open[0].TimeMicros, open[^1].TimeMicros, true).ToString());
                    open.Clear();
                }
            }

            if (open.Count > 0)
            {
                rows.Add(RowOf(open, open[0].TimeMicros, open[^1].TimeMicros, false).ToString());
            }
        }

        return rows;
    }

    internal static List<Bar> Build(BarBuilder builder, IEnumerable<PackedTick> ticks)
    {
        var bars = new List<Bar>();
        foreach (var tick in ticks)
        {
            if (builder.Update(tick, out var bar))
            {
                do
                {
                    bars.Add(bar);
                } while (builder.TryNext(out bar));
            }
        }

        if (builder.Flush(out var last))
        {
            bars.Add(last);
        }

        return bars;
    }

    internal static List<Bar> Aggregate(BarAggregator aggregator, IEnumerable<Bar> shorter)
    {
        var bars = new List<Bar>();
        foreach (var bar in shorter)
        {
            if (aggregator.Update(bar, out var closed))
            {
                bars.Add(closed);
            }
        }

        if (aggregator.Flush(out var last))
        {
            bars.Add(last);
        }

        return bars;
    }

    internal static Row RowOf(IEnumerable<PackedTick> ticks, long start, long end, bool complete)
    {
        var prices = ticks.Select(static tick => tick.Price.ToDecimal()).ToList();
        return new Row(
            start,
            end,
            [prices[0], prices.Max(), prices.Min(), prices[^1]],
            ticks.Sum(static tick => tick.Size.ToDecimal()),
            prices.Count,
            complete
        );
    }

    private static decimal[] Four(Ohlc prices) =>
        [prices.Open.ToDecimal(), prices.High.ToDecimal(), prices.Low.ToDecimal(), prices.Close.ToDecimal()];
}
