using System.Globalization;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Formats.Reading;
using AITrader.Strategies;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
using AITrader.Strategies.Options;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Backtests;

/// <summary><c>backtest</c>: runs a strategy over files, once or with many combinations of options.</summary>
internal sealed class BacktestCommand(ProgressDisplay bar, IAnsiConsole console) : AsyncCommand<BacktestCommandSettings>
{
    private const int TrialsShown = 10;

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
            var tape = await bar.RunAsync("reading", 1, work => Task.Run(() => Read(settings, work, cancellationToken), cancellationToken));
            var axes = Array.ConvertAll(settings.Param, static param => ParameterAxis.TryParse(param, out var axis) is null ? axis : null!);
            await (
                Array.TrueForAll(axes, static axis => axis.Values.Count == 1)
                    ? RunOnceAsync(settings, source, tape, axes, cancellationToken)
                    : SearchAsync(settings, source, tape, axes, cancellationToken)
            );
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

    private static MarketTape Read(BacktestCommandSettings settings, IProgressReport work, CancellationToken cancellationToken) =>
        MarketTapeReader.Read(
            settings.Data,
            settings.Tape,
            new Progress(count => work.Report(0, string.Create(CultureInfo.InvariantCulture, $"{count:N0} ticks"))),
            cancellationToken
        );

    private async Task RunOnceAsync(
        BacktestCommandSettings settings,
        StrategySource source,
        MarketTape tape,
        ParameterAxis[] axes,
        CancellationToken cancellationToken
    )
    {
        var strategy = With(source.Create(), axes);
        var result = await bar.RunAsync(source.Name, tape.Count, work =>
            Task.Run(
                () =>
                    Backtest.Run(
                        tape,
                        strategy,
                        source.Name,
                        SettingsOf(settings),
                        new Progress(done => work.Report(done, Done(done, tape.Count))),
                        cancellationToken
                    ),
                cancellationToken
            )
        );
        Show(settings, new BacktestReport(result, Performance.Of(result), tape, null));
    }

    private async Task SearchAsync(
        BacktestCommandSettings settings,
        StrategySource source,
        MarketTape tape,
        ParameterAxis[] axes,
        CancellationToken cancellationToken
    )
    {
        var varied = Array.FindAll(axes, static axis => axis.Values.Count > 1);
        var set = Array.FindAll(axes, static axis => axis.Values.Count == 1);
        var space = SpaceOf(varied);
        var search = SearchSettingsOf(settings);
        var found = await bar.RunAsync(source.Name, space.Count, work =>
            Task.Run(
                () =>
                    StrategySearch.Run(
                        tape,
                        () => With(source.Create(), set),
                        source.Name,
                        SettingsOf(settings),
                        space,
                        search,
                        new TrialProgress(work),
                        cancellationToken
                    ),
                cancellationToken
            )
        );
        Show(found);
        if (found.InSample is { } best)
        {
            Show(settings, new BacktestReport(best, Performance.Of(best), tape, found));
        }
    }

    private void Show(SearchResult found)
    {
        var table = PlainTable.With("options", "score", "return", "max drawdown", "executions");
        foreach (var trial in found.Trials.OrderByDescending(static trial => trial.Score ?? double.NegativeInfinity).Take(TrialsShown))
        {
            table.AddRow(
                Markup.Escape(string.Join(", ", trial.Options.Select(static option => $"{option.Key}={option.Value}"))),
                Text(trial.Score, "0.0000"),
                Text(trial.TotalReturn, "0.00 %"),
                Text(trial.MaxDrawdown, "0.00 %"),
                trial.Fills.ToString(CultureInfo.InvariantCulture)
            );
        }

        console.Write(table);
        console.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Trials.Count} trials; probability of overfitting {found.Overfitting?.Probability:P0}; deflated Sharpe {found.Deflated?.Probability:P0}"
            )
        );
        if (found.OutOfSample is { } rest)
        {
            console.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the best one on the data that was held out: {(rest.FinalEquity / rest.StartingCash) - 1m:P2}, {rest.Fills.Count} executions"
                )
            );
        }

        console.Say(found.Doubts.Count == 0 ? "nothing speaks against the best one" : "the best one is not called good:");
        console.SayAll(found.Doubts.Select(static doubt => $"  - {doubt}"));
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

        if (settings.Report is { } folder)
        {
            console.Say($"the report is {report.Write(folder)}");
        }
    }

    private static BacktestSettings SettingsOf(BacktestCommandSettings settings) => new() { StartingCash = (decimal)settings.Cash };

    private static SearchSettings SearchSettingsOf(BacktestCommandSettings settings)
    {
        if (settings.Report is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new SearchSettings
        {
            Method = settings.Search,
            Trials = settings.Trials,
            Seed = settings.Seed,
            Objective = new SearchObjective(settings.Objective),
            Holdout = settings.Holdout,
            Threads = settings.Threads ?? Environment.ProcessorCount,
            Log = settings.Report is { } report ? Path.Combine(report, "trials.jsonl") : null,
        };
    }

    private static ParameterSpace SpaceOf(ParameterAxis[] axes)
    {
        try
        {
            return new ParameterSpace(axes);
        }
        catch (ArgumentException problem)
        {
            throw new Refusal($"--param: {problem.Message}");
        }
    }

    private static Strategy With(Strategy strategy, ParameterAxis[] options)
    {
        foreach (var option in options)
        {
            if (StrategyOptions.TrySet(strategy, option.Name, option.Values[0]) is { } problem)
            {
                throw new Refusal($"--param {problem}");
            }
        }

        return strategy;
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Done(long done, long of) => string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {of:N0} ticks");

    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }

    private sealed class TrialProgress(IProgressReport work) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value)
        {
            work.SetTotal(value.Of);
            work.Report(value.Done, string.Create(CultureInfo.InvariantCulture, $"trial {value.Done:N0} of {value.Of:N0}"));
        }
    }
}
