using AITrader.Trading.Ledger;

namespace AITrader.Trading.Statistics;

/// <summary>Statistics of closed trades, of their profit after fees. What is undefined is null.</summary>
/// <remarks>A trade that made exactly nothing is neither won nor lost; it counts in the number of trades and ends a streak.</remarks>
public sealed record TradeStatistics
{
    private TradeStatistics(List<ClosedTrade> trades)
    {
        var wins = trades.FindAll(static trade => trade.NetProfit > 0m);
        var losses = trades.FindAll(static trade => trade.NetProfit < 0m);
        Count = trades.Count;
        Wins = wins.Count;
        Losses = losses.Count;
        GrossProfit = wins.Sum(static trade => trade.NetProfit);
        GrossLoss = losses.Sum(static trade => trade.NetProfit);
        Fees = trades.Sum(static trade => trade.Fees);
        LargestWin = wins.Count == 0 ? null : wins.Max(static trade => trade.NetProfit);
        LargestLoss = losses.Count == 0 ? null : losses.Min(static trade => trade.NetProfit);
        AverageAdverse = Mean(trades.Sum(static trade => trade.MaxAdverse), Count);
        AverageFavourable = Mean(trades.Sum(static trade => trade.MaxFavourable), Count);
        WorstAdverse = trades.Count == 0 ? null : trades.Min(static trade => trade.MaxAdverse);
        BestFavourable = trades.Count == 0 ? null : trades.Max(static trade => trade.MaxFavourable);
        AverageHeld = Count == 0 ? null : TimeSpan.FromTicks((long)trades.Average(static trade => trade.Held.Ticks));
        LongestWinningStreak = Streak(trades, 1);
        LongestLosingStreak = Streak(trades, -1);
    }

    /// <summary>Closed trades.</summary>
    public int Count { get; }

    /// <summary>Those with a profit.</summary>
    public int Wins { get; }

    /// <summary>Those with a loss.</summary>
    public int Losses { get; }

    /// <summary>Sum of the profits.</summary>
    public decimal GrossProfit { get; }

    /// <summary>Sum of the losses; negative.</summary>
    public decimal GrossLoss { get; }

    /// <summary>Fees of the trades.</summary>
    public decimal Fees { get; }

    /// <summary>Profits and losses together.</summary>
    public decimal NetProfit => GrossProfit + GrossLoss;

    /// <summary>Wins / trades.</summary>
    public double? WinRate => Count == 0 ? null : (double)Wins / Count;

    /// <summary>Gross profit / |gross loss|; null when nothing was lost.</summary>
    public double? ProfitFactor => GrossLoss == 0m ? null : (double)(GrossProfit / -GrossLoss);

    /// <summary>Net profit / trades.</summary>
    public decimal? Expectancy => Mean(NetProfit, Count);

    /// <summary>Gross profit / wins.</summary>
    public decimal? AverageWin => Mean(GrossProfit, Wins);

    /// <summary>Gross loss / losses; negative.</summary>
    public decimal? AverageLoss => Mean(GrossLoss, Losses);

    /// <summary>Average win / |average loss|.</summary>
    public double? Payoff => AverageWin is { } win && AverageLoss is { } loss ? (double)(win / -loss) : null;

    /// <summary>Largest profit.</summary>
    public decimal? LargestWin { get; }

    /// <summary>Largest loss; negative.</summary>
    public decimal? LargestLoss { get; }

    /// <summary>Mean maximum adverse excursion; zero or negative.</summary>
    public decimal? AverageAdverse { get; }

    /// <summary>Mean maximum favourable excursion; zero or positive.</summary>
    public decimal? AverageFavourable { get; }

    /// <summary>Worst maximum adverse excursion of all.</summary>
    public decimal? WorstAdverse { get; }

    /// <summary>Best maximum favourable excursion of all.</summary>
    public decimal? BestFavourable { get; }

    /// <summary>Mean time in the market.</summary>
    public TimeSpan? AverageHeld { get; }

    /// <summary>Most wins one after another, in the order of exits.</summary>
    public int LongestWinningStreak { get; }

    /// <summary>Most losses one after another, in the order of exits.</summary>
    public int LongestLosingStreak { get; }

    /// <summary>Computes them.</summary>
    public static TradeStatistics Of(IEnumerable<ClosedTrade> trades) => new([.. trades.OrderBy(static trade => trade.ExitTime)]);

    private static decimal? Mean(decimal sum, int count) => count == 0 ? null : sum / count;

    private static int Streak(List<ClosedTrade> trades, int sign)
    {
        var longest = 0;
        var current = 0;
        foreach (var trade in trades)
        {
            current = Math.Sign(trade.NetProfit) == sign ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
