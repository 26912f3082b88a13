using AITrader.Backtesting.Data;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Formats.Reading;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
using AITrader.Strategies.Options;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Backtests;

/// <summary><c>backtest</c>: runs a strategy over files, once or with many combinations of options.</summary>
internal sealed class BacktestCommand(
    StoredTicks stored,
    BacktestProgress progress,
    BacktestSearch search,
    BacktestStore store,
    TrialStore trials,
    IAnsiConsole console
) : AsyncCommand<BacktestCommandSettings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context,
        BacktestCommandSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (settings.Strategy == "list")
        {
            List();
            return ExitCodes.Done;
        }

        var source = await StrategySource.FindAsync(settings.Strategy, cancellationToken);
        try
        {
            using var data = await stored.FetchAsync(settings.Data, cancellationToken);
            var tape = await progress.RunAsync(settings, "reading", 1, report =>
                MarketTapeReader.Read(data.Paths, settings.Tape, report, cancellationToken)
            );
            await RunAsync(new BacktestInput(settings, source, tape), cancellationToken);
            return ExitCodes.Done;
        }
        catch (Exception problem) when (problem is MarketDataException or BacktestException or StrategyLoadException)
        {
            throw new Refusal(problem.Message);
        }
    }

    private void List()
    {
        foreach (var (name, create) in ExampleStrategies.All.OrderBy(static example => example.Key, StringComparer.Ordinal))
        {
            console.Say(name);
            foreach (var option in StrategyOptions.Of(create()))
            {
                console.Say($"  {option.Name} = {option.Default}  ({option.Range}): {option.Description}");
            }
        }
    }

    private async Task RunAsync(BacktestInput input, CancellationToken cancellationToken)
    {
        var (settings, source, tape) = input;
        if (settings.WalkForward is { } folds)
        {
            await search.WalkAsync(input, folds, cancellationToken);
        }
        else if (input.IsSearch)
        {
            var found = await search.SearchAsync(input, cancellationToken);
            if (found.InSample is { } best)
            {
                Show(settings, new BacktestReport(best, Performance.Of(best), tape, found));
            }

            if (settings.Store && await trials.SendAsync(found, input, cancellationToken) is var (name, sent) && !settings.Json)
            {
                console.Say($"{sent} trials are stored, each as a run: ./aitrader runs list --search {name}");
            }
        }
        else
        {
            var strategy = input.Create();
            var result = await progress.RunAsync(settings, source.Name, tape.Count, done =>
                Backtest.Run(tape, strategy, source.Name, settings.Backtest, done, cancellationToken)
            );
            var report = new BacktestReport(result, Performance.Of(result), tape, null);
            Show(settings, report);
            if (settings.Store && await store.SendAsync(report, settings, search: null, cancellationToken) is var run && !settings.Json)
            {
                console.Say($"it is stored as run {run}: ./aitrader runs show {run}");
            }
        }
    }

    private void Show(BacktestCommandSettings settings, BacktestReport report)
    {
        if (settings.Json)
        {
            console.Say(report.ToJson());
        }
        else
        {
            foreach (var (name, value) in StatisticsTable.Rows(report.Result, report.Performance))
            {
                console.Say($"  {name, -22} {value, 18}");
            }
        }

        if (settings.Report is { } folder && report.Write(folder) is var page && !settings.Json)
        {
            console.Say($"the report is {page}");
        }
    }
}
