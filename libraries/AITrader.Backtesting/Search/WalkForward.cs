using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Domain.Time;
using AITrader.Strategies;

namespace AITrader.Backtesting.Search;

/// <summary>One step of a walk: a search over all data so far, and its best on the stretch that follows.</summary>
/// <param name="From">First moment of the stretch.</param>
/// <param name="To">Last moment of the stretch.</param>
/// <param name="Best">The best trial before it; null where none had a score.</param>
/// <param name="Result">What it did on the stretch; null where there was none.</param>
public sealed record WalkForwardFold(DateTimeOffset From, DateTimeOffset To, SearchTrial? Best, BacktestResult? Result)
{
    /// <summary>Return on the stretch; 0 where nothing was traded.</summary>
    public decimal Return => Result is { } result ? (result.FinalEquity / result.StartingCash) - 1m : 0m;
}

/// <summary>Walks through the data: searches on what came before, trades what comes next, and again. Every result is out of
/// sample.</summary>
/// <remarks>Each stretch begins flat with the starting cash; the walk's return is the product of theirs. Source: R. Pardo, Design, Testing
/// and Optimization of Trading Systems, 1992.</remarks>
public static class WalkForward
{
    /// <summary>Walks.</summary>
    /// <param name="tape">All data.</param>
    /// <param name="create">Makes a new strategy with the options that are not varied.</param>
    /// <param name="name">Its name.</param>
    /// <param name="backtest">Cash, instruments, risk, simulator.</param>
    /// <param name="space">What is varied.</param>
    /// <param name="settings">How each search goes; its holdout is not used.</param>
    /// <param name="folds">Stretches, from 1: the data is cut into one more part of equal time, the first of which is only
    /// searched.</param>
    /// <param name="progress">Trials that are done in all searches, of how many.</param>
    /// <param name="ct">Ends the walk.</param>
    public static IReadOnlyList<WalkForwardFold> Run(
        MarketTape tape,
        Func<Strategy> create,
        string name,
        BacktestSettings backtest,
        ParameterSpace space,
        SearchSettings settings,
        int folds,
        IProgress<(int Done, int Of)>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(folds);
        var walked = new List<WalkForwardFold>();
        for (var fold = 1; fold <= folds; fold++)
        {
            var (from, to) = (IndexOf(tape, fold, folds), fold == folds ? tape.Count : IndexOf(tape, fold + 1, folds));
            if (from > 0 && to > from)
            {
                var (past, how) = (tape.Slice(0, from), settings with { Holdout = 0 });
                var trials = progress is null ? null : new Trials(progress, fold - 1, folds);
                var found = StrategySearch.Run(past, create, name, backtest, space, how, trials, ct);
                var stretch = tape.Slice(from, to);
                var result = found.Best is { } best ? Backtest.Run(stretch, create().With(best), name, backtest, null, ct) : null;
                walked.Add(FoldOf(stretch, found.Best, result));
            }
        }

        return walked;
    }

    /// <summary>Return of the whole walk.</summary>
    public static decimal Return(IEnumerable<WalkForwardFold> folds) =>
        folds.Aggregate(1m, static (growth, fold) => growth * (1m + fold.Return)) - 1m;

    // Parts of equal time, one more than there are stretches.
    private static int IndexOf(MarketTape tape, int part, int folds)
    {
        var (first, last) = (tape.Ticks[0].TimeMicros, tape.Ticks[^1].TimeMicros);
        return tape.IndexOf(first + (long)((last - first) * (double)part / (folds + 1)));
    }

    // Every search has as many trials.
    private sealed class Trials(IProgress<(int Done, int Of)> whole, int before, int folds) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => whole.Report(((before * value.Of) + value.Done, folds * value.Of));
    }

    private static WalkForwardFold FoldOf(MarketTape stretch, SearchTrial? best, BacktestResult? result) =>
        new(EventTime.FromMicros(stretch.Ticks[0].TimeMicros), EventTime.FromMicros(stretch.Ticks[^1].TimeMicros), best, result);
}
