using AITrader.Inference.Client;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>Sends what came true to the runners that forecast it, in batches. A runner that is away holds up no other one.</summary>
internal sealed class OutcomeReports(
    IOutcomeReporter reporter,
    OutcomeDesk desk,
    IOptions<OutcomeOptions> options,
    TimeProvider time,
    ILogger<OutcomeReports> log
)
{
    private readonly Dictionary<(string Runner, string Model), List<Report>> _waiting = [];
    private readonly HashSet<string> _away = new(StringComparer.Ordinal);

    /// <summary>Outcomes that are not reported yet.</summary>
    public int Count => _waiting.Values.Sum(static reports => reports.Count);

    public void Add(FollowedForecast forecast, IReadOnlyList<double> prices)
    {
        var key = (forecast.Runner, forecast.Model);
        if (!_waiting.TryGetValue(key, out var reports))
        {
            _waiting[key] = reports = [];
        }

        reports.Add(new Report(new RealisedForecast(forecast.Id, forecast.Start, prices), time.GetTimestamp()));
    }

    /// <summary>Reports everything that is there, to all runners at a time.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        var sent = await Task.WhenAll(
            _waiting
                .Where(static one => one.Value.Count > 0)
                .GroupBy(static one => one.Key.Runner)
                .Select(to => SendAsync(to.Key, [.. to], ct))
        );
        foreach (var (runner, problem) in sent)
        {
            Note(runner, problem);
        }

        foreach (var key in _waiting.Where(static one => one.Value.Count == 0).Select(static one => one.Key).ToList())
        {
            _waiting.Remove(key);
        }
    }

    // Null for a runner that took everything.
    private async Task<(string Runner, string? Problem)> SendAsync(
        string runner,
        IReadOnlyList<KeyValuePair<(string Runner, string Model), List<Report>>> models,
        CancellationToken ct
    )
    {
        foreach (var ((_, model), reports) in models)
        {
            while (reports.Count > 0)
            {
                var batch = reports.Take(options.Value.BatchSize).ToList();
                if (await SendAsync(runner, model, batch, ct) is { } problem)
                {
                    GiveUpOld(models.Select(static one => one.Value));
                    return (runner, problem);
                }

                reports.RemoveRange(0, batch.Count);
            }
        }

        return (runner, null);
    }

    private async Task<string?> SendAsync(string runner, string model, List<Report> batch, CancellationToken ct)
    {
        var receipt = await reporter.ReportAsync(runner, model, [.. batch.Select(static report => report.Outcome)], ct);
        switch (receipt)
        {
            case OutcomeReceipt.Taken taken:
                var scored = taken.Scores.Count(static score => score.Refusal is null);
                Close(OutcomeFates.Scored, scored);
                Close(OutcomeFates.Refused, batch.Count - scored);
                return null;
            case OutcomeReceipt.Refused refused:
                log.OutcomesAreRefused(runner, model, refused.Reason);
                Close(OutcomeFates.Refused, batch.Count);
                return null;
            default:
                return ((OutcomeReceipt.Unreachable)receipt).Reason;
        }
    }

    private void GiveUpOld(IEnumerable<List<Report>> waiting)
    {
        foreach (var reports in waiting)
        {
            Close(OutcomeFates.Unreachable, reports.RemoveAll(report => time.GetElapsedTime(report.Since) > options.Value.RetryFor));
        }
    }

    private void Close(string fate, int count)
    {
        if (count > 0)
        {
            desk.Close(fate, count);
        }
    }

    // A runner that stays away is one line, not one a second.
    private void Note(string runner, string? problem)
    {
        if (problem is not null && _away.Add(runner))
        {
            log.OutcomesWait(runner, problem);
        }
        else if (problem is null && _away.Remove(runner))
        {
            log.OutcomesGoOn(runner);
        }
    }

    private sealed record Report(RealisedForecast Outcome, long Since);
}
