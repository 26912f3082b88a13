using AITrader.Backtesting.Runs;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Search;

/// <summary>What speaks against the best of many trials.</summary>
internal static class SearchVerdict
{
    private const double MaxOverfitting = 0.5;
    private const double MinDeflated = 0.95;

    internal static List<string> Doubts(
        SearchTrial? best,
        OverfittingReport? overfitting,
        DeflatedSharpe? deflated,
        BacktestResult? outOfSample
    )
    {
        if (best is null)
        {
            return ["no trial has a score: none of them traded enough"];
        }

        var doubts = new List<string>();
        Add(doubts, deflated?.Probability is null, "the deflated Sharpe ratio is undefined");
        Add(
            doubts,
            deflated?.Probability < MinDeflated,
            $"its Sharpe ratio is above what chance gives the best of so many trials with a probability of {deflated?.Probability:P0} only; {MinDeflated:P0} are wanted"
        );
        Add(doubts, overfitting is null, "there is too little data to say how likely overfitting is");
        Add(
            doubts,
            overfitting?.Probability > MaxOverfitting,
            $"the best trial of one half of the data is below the median on the other half in {overfitting?.Probability:P0} of the cases"
        );
        Add(doubts, outOfSample is null, "nothing was held out");
        Add(doubts, outOfSample is { Fills.Count: 0 }, "it did not trade on the data that was held out");
        Add(
            doubts,
            outOfSample is { Fills.Count: > 0 } && outOfSample.FinalEquity <= outOfSample.StartingCash,
            "it lost on the data that was held out"
        );
        return doubts;
    }

    private static void Add(List<string> doubts, bool holds, string doubt)
    {
        if (holds)
        {
            doubts.Add(doubt);
        }
    }
}
