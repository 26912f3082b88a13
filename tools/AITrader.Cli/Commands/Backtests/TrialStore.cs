using System.Globalization;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Domain.Ids;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Sends the best trials of a search to the running system: each is a run of its own.</summary>
internal sealed class TrialStore(BacktestStore store, BacktestProgress progress)
{
    private const int NameDigits = 8;

    /// <summary>Runs them again, for all that a run has, and asks for their storing.</summary>
    /// <returns>Name of the search, and how many of its trials are sent.</returns>
    public async Task<(string Search, int Sent)> SendAsync(SearchResult found, BacktestInput input, CancellationToken cancellationToken)
    {
        var (settings, name) = (input.Settings, NameOf(found, input.Source.Name));
        var best = BestOf(found, settings.StoreTrials);
        await progress.DoAsync(settings, "storing", best.Count, "trial", async report =>
        {
            for (var i = 0; i < best.Count; i++)
            {
                var result = found.Again(best[i], cancellationToken);
                var trial = new BacktestReport(result, Performance.Of(result), input.Tape, null);
                await store.SendAsync(trial, settings, SetupOf(found, best[i], name, settings), cancellationToken);
                report?.Report((i + 1, best.Count));
            }
        });
        return (name, best.Count);
    }

    /// <summary>The trials with the highest scores, best first; those without a score last.</summary>
    internal static IReadOnlyList<SearchTrial> BestOf(SearchResult found, int most) =>
        [
            .. found
                .Trials.DistinctBy(static trial => trial.Run)
                .OrderByDescending(static trial => trial.Score ?? double.NegativeInfinity)
                .ThenBy(static trial => trial.Number)
                .Take(most),
        ];

    /// <summary>What a run's setup says of the search that it is a trial of.</summary>
    internal static Dictionary<string, object?> SetupOf(
        SearchResult found,
        SearchTrial trial,
        string name,
        BacktestCommandSettings settings
    ) =>
        new()
        {
            ["name"] = name,
            ["trial"] = trial.Number + 1,
            ["trials"] = found.Trials.Count,
            ["method"] = settings.Search,
            ["objective"] = trial.Objective,
            ["score"] = trial.Score,
            ["holdout"] = settings.Holdout,
            ["doubts"] = trial.Run == found.Best?.Run ? found.Doubts : null,
        };

    /// <summary>The same search has the same name.</summary>
    internal static string NameOf(SearchResult found, string strategy)
    {
        var trials = string.Join(',', found.Trials.Select(static trial => trial.Run).Prepend(found.Trials[0].Objective));
        var id = DeterministicId.Create("search", trials).ToString("N", CultureInfo.InvariantCulture);
        return $"{strategy}-search-{id[..NameDigits]}";
    }
}
