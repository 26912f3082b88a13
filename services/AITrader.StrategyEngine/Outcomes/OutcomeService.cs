using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>Holds the forecasts of decisions against the trades that followed, and tells the runners.</summary>
internal sealed class OutcomeService(
    Supervisor supervisor,
    OutcomeDesk desk,
    RealisedTrades trades,
    OutcomeReports reports,
    ICache cache,
    IOptions<OutcomeOptions> options,
    TimeProvider time
) : SupervisedService(supervisor)
{
    // Live, event time goes as the wall clock does, also while nothing is traded; what is stored lags a little.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly FollowedList _followed = new(time);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await PassAsync(stoppingToken);
            ReportProgress();
            await Task.Delay(options.Value.Interval, time, stoppingToken);
        }
    }

    /// <summary>Looks once for everything that is due, and reports what was found.</summary>
    internal async Task PassAsync(CancellationToken ct)
    {
        // First, so that a database that is away holds up nothing that is ready.
        await reports.SendAsync(ct);
        foreach (var forecast in desk.TakeFresh())
        {
            _followed.Add(forecast);
        }

        if (_followed.Count == 0)
        {
            return;
        }

        var replay = _followed.Replays.Any() ? await cache.GetAsync(CacheKeys.ActiveReplay, ct) ?? string.Empty : string.Empty;
        foreach (var run in _followed.Due())
        {
            await LookAsync([.. run], isRunning: run.Key.Length == 0 || run.Key == replay, ct);
        }

        await reports.SendAsync(ct);
    }

    private async Task LookAsync(IReadOnlyList<FollowedList.Entry> entries, bool isRunning, CancellationToken ct)
    {
        var found = await trades.ReadAsync([.. entries.Select(static entry => entry.Forecast)], options.Value.Within, ct);
        var over = new HashSet<FollowedList.Entry>();
        foreach (var (entry, realised) in entries.Zip(found))
        {
            if (realised.Prices.Count == entry.Forecast.Horizon)
            {
                reports.Add(entry.Forecast, realised.Prices);
                over.Add(entry);
            }
            else if (realised.IsOver || IsGivenUp(entry, isRunning))
            {
                desk.Close(OutcomeFates.NoTrades);
                over.Add(entry);
            }
            else
            {
                _followed.Postpone(entry, options.Value.Interval);
            }
        }

        _followed.Remove(over);
    }

    // A replay may be paused for as long as one likes; its last ticks are stored before it ends, so one more look finds them.
    private bool IsGivenUp(FollowedList.Entry entry, bool isRunning)
    {
        if (entry.Forecast.Run.Length == 0)
        {
            return time.GetElapsedTime(entry.Since) > options.Value.Within + Grace;
        }

        var isGivenUp = !isRunning && entry.IsLast;
        entry.IsLast = !isRunning;
        return isGivenUp;
    }
}
