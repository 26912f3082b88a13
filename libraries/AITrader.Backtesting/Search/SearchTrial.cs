using AITrader.Backtesting.Runs;

namespace AITrader.Backtesting.Search;

/// <summary>One backtest of a search.</summary>
public sealed record SearchTrial
{
    /// <summary>Place in the search, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The options that were varied.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Name of what the search maximises.</summary>
    public required string Objective { get; init; }

    /// <summary>What the search maximises; null where it is undefined, such as the Sharpe ratio of a strategy that never traded.</summary>
    public double? Score { get; init; }

    /// <summary>Total return, a fraction.</summary>
    public double? TotalReturn { get; init; }

    /// <summary>Deepest drawdown, a negative fraction.</summary>
    public double? MaxDrawdown { get; init; }

    /// <summary>Executions.</summary>
    public int Fills { get; init; }

    /// <summary>Returns over whole intervals, of the same moments for every trial.</summary>
    public required IReadOnlyList<double> Returns { get; init; }

    internal static SearchTrial Of(
        int number,
        IReadOnlyDictionary<string, string> options,
        BacktestResult result,
        SearchObjective objective
    )
    {
        var performance = Performance.Of(result);
        return new SearchTrial
        {
            Number = number,
            Run = result.Run,
            Options = options,
            Objective = objective.Name,
            Score = objective.Of(result, performance),
            TotalReturn = performance.TotalReturn,
            MaxDrawdown = (double)performance.Drawdowns.MaxDepth,
            Fills = result.Fills.Count,
            Returns = result.PeriodReturns,
        };
    }
}
