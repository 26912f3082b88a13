using AITrader.Trading.Ledger;

namespace AITrader.Trading.Statistics;

/// <summary>How much of the time and of the money was at work.</summary>
public static class ActivityStatistics
{
    /// <summary>Exposure: share of the time from start to end with at least one open trade, in 0 to 1; null where no time passed.</summary>
    /// <param name="start">Start of the run.</param>
    /// <param name="end">End of the run.</param>
    /// <param name="trades">Closed trades.</param>
    /// <param name="openSince">Entries of trades that are still open: they last to the end.</param>
    public static double? Exposure(
        DateTimeOffset start,
        DateTimeOffset end,
        IEnumerable<ClosedTrade> trades,
        IEnumerable<DateTimeOffset> openSince
    )
    {
        if (end <= start)
        {
            return null;
        }

        var held = TimeSpan.Zero;
        var covered = start;
        var spans = trades
            .Select(static trade => (From: trade.EntryTime, To: trade.ExitTime))
            .Concat(openSince.Select(entry => (From: entry, To: end)))
            .OrderBy(static span => span.From);
        foreach (var (from, to) in spans)
        {
            var last = to < end ? to : end;
            var first = from > covered ? from : covered;
            if (last > first)
            {
                held += last - first;
                covered = last;
            }
        }

        return held / (end - start);
    }

    /// <summary>Turnover a year: notional traded, buys and sells, over the mean equity, times N / n; null where the mean equity is not
    /// positive or no day passed.</summary>
    /// <param name="notional">Sum of quantity times price of all fills.</param>
    /// <param name="equity">Equity of each day.</param>
    /// <param name="periodsPerYear">Days a year: N.</param>
    public static double? Turnover(decimal notional, IReadOnlyList<decimal> equity, double periodsPerYear) =>
        equity.Count > 0 && equity.Average() is > 0m and var mean ? (double)(notional / mean) * periodsPerYear / equity.Count : null;
}
