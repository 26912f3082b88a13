using System.Globalization;
using AITrader.Backtesting.Search;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Runs a search or a walk, and shows what it found.</summary>
internal sealed class BacktestSearch(BacktestProgress progress, IAnsiConsole console)
{
    private const int TrialsShown = 10;

    public async Task<SearchResult> SearchAsync(BacktestInput input, CancellationToken cancellationToken)
    {
        _ = input.Create();
        var (settings, space) = (input.Settings, input.Space());
        var found = await progress.RunAsync(settings, input.Source.Name, space.Count, "trial", report =>
            StrategySearch.Run(
                input.Tape,
                input.Create,
                input.Source.Name,
                settings.Backtest,
                space,
                settings.SearchBy,
                report,
                cancellationToken
            )
        );
        if (!settings.Json)
        {
            Show(found);
        }

        return found;
    }

    public async Task WalkAsync(BacktestInput input, int folds, CancellationToken cancellationToken)
    {
        _ = input.Create();
        var (settings, space) = (input.Settings, input.Space());
        var walked = await progress.RunAsync(settings, input.Source.Name, folds * space.Count, "trial", report =>
            WalkForward.Run(
                input.Tape,
                input.Create,
                input.Source.Name,
                settings.Backtest,
                space,
                settings.SearchBy,
                folds,
                report,
                cancellationToken
            )
        );
        var table = PlainTable.With("from", "to", "best before it", "return", "executions");
        foreach (var fold in walked)
        {
            table.AddRow(
                fold.From.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                fold.To.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Markup.Escape(fold.Best is { } best ? OptionsOf(best) : "–"),
                fold.Return.ToString("0.00 %", CultureInfo.InvariantCulture),
                (fold.Result?.Fills.Count ?? 0).ToString(CultureInfo.InvariantCulture)
            );
        }

        console.Write(table);
        console.Say(string.Create(CultureInfo.InvariantCulture, $"the whole walk, out of sample: {WalkForward.Return(walked):0.00 %}"));
    }

    private void Show(SearchResult found)
    {
        var table = PlainTable.With("options", "score", "return", "max drawdown", "executions");
        foreach (var trial in found.Trials.OrderByDescending(static trial => trial.Score ?? double.NegativeInfinity).Take(TrialsShown))
        {
            table.AddRow(
                Markup.Escape(OptionsOf(trial)),
                Text(trial.Score, "0.0000"),
                Text(trial.TotalReturn, "0.00 %"),
                Text(trial.MaxDrawdown, "0.00 %"),
                trial.Fills.ToString(CultureInfo.InvariantCulture)
            );
        }

        console.Write(table);
        var (overfitting, deflated) = (Text(found.Overfitting?.Probability, "0 %"), Text(found.Deflated?.Probability, "0 %"));
        console.Say($"{found.Trials.Count} trials; probability of overfitting {overfitting}; deflated Sharpe {deflated}");
        if (found.OutOfSample is { } rest)
        {
            var gained = ((rest.FinalEquity / rest.StartingCash) - 1m).ToString("0.00 %", CultureInfo.InvariantCulture);
            console.Say($"the best one on the data that was held out: {gained}, {rest.Fills.Count} executions");
        }

        console.Say(found.Doubts.Count == 0 ? "nothing speaks against the best one" : "the best one is not called good:");
        console.SayAll(found.Doubts.Select(static doubt => $"  - {doubt}"));
    }

    private static string OptionsOf(SearchTrial trial) =>
        string.Join(", ", trial.Options.Select(static option => $"{option.Key}={option.Value}"));

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
