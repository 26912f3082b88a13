using AITrader.Backtesting.Runs;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Search;

/// <summary>What a search found, and how far it can be trusted.</summary>
public sealed record SearchResult
{
    /// <summary>Every trial, in the order in which it was proposed.</summary>
    public required IReadOnlyList<SearchTrial> Trials { get; init; }

    /// <summary>The trial with the highest score; null where none has one.</summary>
    public SearchTrial? Best { get; init; }

    /// <summary>Runs a trial again, on the data of the search: a trial keeps numbers only.</summary>
    public required Func<SearchTrial, CancellationToken, BacktestResult> Again { get; init; }

    /// <summary>The best one on the data of the search.</summary>
    public BacktestResult? InSample { get; init; }

    /// <summary>The best one on the end of the data, which no trial saw; null without a holdout.</summary>
    public BacktestResult? OutOfSample { get; init; }

    /// <summary>Probability of backtest overfitting by cross-validation over all trials; null where there is too little data.</summary>
    public OverfittingReport? Overfitting { get; init; }

    /// <summary>The best Sharpe ratio, deflated for the number of trials; null where it is undefined.</summary>
    public DeflatedSharpe? Deflated { get; init; }

    /// <summary>Why the best one is not called good; empty where nothing speaks against it.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }
}
