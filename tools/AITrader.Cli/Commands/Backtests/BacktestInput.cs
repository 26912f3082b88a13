using AITrader.Backtesting.Data;
using AITrader.Backtesting.Search;
using AITrader.Cli.Failures;
using AITrader.Strategies;
using AITrader.Strategies.Options;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>What a backtest or a search is run on.</summary>
internal sealed record BacktestInput(BacktestCommandSettings Settings, StrategySource Source, MarketTape Tape)
{
    private readonly ParameterAxis[] _axes = Array.ConvertAll(Settings.Param, static param =>
        ParameterAxis.TryParse(param, out var axis) is null ? axis : throw new Refusal($"--param {param} cannot be read")
    );

    /// <summary>Whether an option has several values.</summary>
    public bool IsSearch => Array.Exists(_axes, static axis => axis.Values.Count > 1);

    /// <summary>A new strategy with the options that have one value.</summary>
    /// <exception cref="Refusal">An option is not there, or cannot have the value.</exception>
    public Strategy Create()
    {
        var strategy = Source.Create();
        foreach (var option in Array.FindAll(_axes, static axis => axis.Values.Count == 1))
        {
            if (StrategyOptions.TrySet(strategy, option.Name, option.Values[0]) is { } problem)
            {
                throw new Refusal($"--param {problem}");
            }
        }

        return strategy;
    }

    /// <summary>The options that have several values.</summary>
    /// <exception cref="Refusal">One is there twice, or there are too many combinations.</exception>
    public ParameterSpace Space()
    {
        try
        {
            return new ParameterSpace(Array.FindAll(_axes, static axis => axis.Values.Count > 1));
        }
        catch (ArgumentException problem)
        {
            throw new Refusal($"--param: {problem.Message}");
        }
    }
}
