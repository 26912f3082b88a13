using AITrader.Backtesting.Runs;
using AITrader.Strategies;
using AITrader.Strategies.Options;

namespace AITrader.Backtesting.Search;

/// <summary>Sets the options of a trial.</summary>
internal static class TrialOptions
{
    /// <summary>The strategy with these options set.</summary>
    /// <exception cref="BacktestException">One is not there, or cannot have the value.</exception>
    internal static Strategy With(this Strategy strategy, IEnumerable<(string Name, string Value)> options)
    {
        foreach (var (name, value) in options)
        {
            if (StrategyOptions.TrySet(strategy, name, value) is { } problem)
            {
                throw new BacktestException(problem);
            }
        }

        return strategy;
    }

    /// <summary>The strategy with the options of a trial set.</summary>
    internal static Strategy With(this Strategy strategy, SearchTrial trial) =>
        strategy.With(trial.Options.Select(static option => (option.Key, option.Value)));
}
