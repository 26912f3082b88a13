using AITrader.Contracts;
using AITrader.Messaging;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>Waits for the stages of a replay, but never for one that is down when the run is to end. For one caller.</summary>
internal sealed class StageWatch(IWatermarks watermarks, ReplayControl control, IOptions<ReplayOptions> options, TimeProvider time)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>A run begins, or begins again: nothing is known of its stages.</summary>
    public void Begin() => _seen.Clear();

    /// <summary>Waits until every stage is near enough; false where the run is to end, as a stage that is down must not hold that
    /// up.</summary>
    public async Task<bool> HaveRoomAsync(string run, long atLeast, CancellationToken ct)
    {
        foreach (var stage in ReplayOptions.Stages(options.Value.Ahead))
        {
            while (_seen.GetValueOrDefault(stage) < atLeast)
            {
                var (wishes, news) = control.Now;
                if (wishes.IsEnding)
                {
                    return false;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(news, ct);
                if (await SeenAsync(run, stage, atLeast, either.Token) is { } seen)
                {
                    _seen[stage] = seen;
                }

                ct.ThrowIfCancellationRequested();
            }
        }

        return true;
    }

    /// <summary>Waits until every stage has seen the run's last tick; false where a stop does not wait for it any longer.</summary>
    public async Task<bool> AllHaveSeenAsync(string run, long published, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var digested = AllSeenAsync(run, published, end.Token);
        var isDigested = await Task.WhenAny(digested, ImpatienceAsync(end.Token)) == digested;
        await end.CancelAsync();
        if (isDigested)
        {
            await digested;
        }

        await digested.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return isDigested;
    }

    // Null where there is news before the stage is there.
    private async Task<long?> SeenAsync(string run, string stage, long atLeast, CancellationToken news)
    {
        try
        {
            return await watermarks.WaitForAsync(run, stage, atLeast, news);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task AllSeenAsync(string run, long published, CancellationToken ct)
    {
        await AnnounceEndAsync(run, published, ct);
        foreach (var stage in ReplayOptions.Stages(options.Value.Complete))
        {
            await watermarks.WaitForAsync(run, stage, published, ct);
        }
    }

    // Whoever waits for the tick after the last one, to know that time has passed, need not.
    private async Task AnnounceEndAsync(string run, long published, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await watermarks.AdvanceAsync(run, ReplayStages.Ended, published, ct);
                return;
            }
            catch (BusUnavailableException)
            {
                await Task.Delay(RetryPause, time, ct);
            }
        }
    }

    // Ends when a stop has waited long enough, or somebody stops it again.
    private async Task ImpatienceAsync(CancellationToken ct)
    {
        long? since = null;
        while (true)
        {
            var (wishes, news) = control.Now;
            since ??= wishes.IsStopping ? time.GetTimestamp() : null;
            var left = since is { } at ? options.Value.StopPatience - time.GetElapsedTime(at) : Timeout.InfiniteTimeSpan;
            if (wishes.IsLeaving || (since is not null && left <= TimeSpan.Zero))
            {
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(news, ct);
            await Task.Delay(left, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }
}
