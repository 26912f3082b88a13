using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Flags;
using AITrader.Storage.Leasing;
using AITrader.Storage.Outbox;
using AITrader.StrategyEngine.Decisions;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Heartbeats;
using AITrader.StrategyEngine.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Signals;

/// <summary>Decides signals in the order of the stream, while it has the lease; in a replay, each at the positions of its own
/// tick.</summary>
internal sealed class StrategyService(
    Lane lane,
    Supervisor supervisor,
    LeaseKeeper leases,
    IStreamReaders readers,
    IWatermarks watermarks,
    ReplayProgress progress,
    IOptions<StrategyOptions> options,
    ICache cache,
    IOutboxRelay relay,
    Decider decider,
    EngineFlags flags,
    RuleRecord rule,
    HostedRecord hosted,
    OriginHeartbeats heartbeats,
    TimeProvider time,
    ILogger<StrategyService> log
) : SupervisedService(supervisor), IAsyncDisposable
{
    public const string LeaseName = "strategy-engine";

    // One name for all instances: the next holder of the lease continues with the pending entries.
    private const string Consumer = "strategy-engine";
    private const int MaxSignals = 64;
    private const int MaxAttempts = 5;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly IStreamReader<Signal> _reader = readers.Open<Signal>(ConsumerGroups.Strategy, Consumer, lane.Of(StreamNames.Signals));
    private (string Id, int Count) _failed = (string.Empty, 0);
    private string _run = string.Empty;
    private long _published;
    private long _runCheckedAt;

    protected override string Name => $"{nameof(StrategyService)} ({lane.Name})";

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var held = await leases.HeldAsync(ReportProgress, stoppingToken);
            using var working = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held.Lost);
            try
            {
                await WorkAsync(held.Lease, working.Token);
            }
            catch (Exception ended)
                when (!stoppingToken.IsCancellationRequested
                    && (ended is LeaseLostException || (ended is OperationCanceledException && held.Lost.IsCancellationRequested))
                )
            {
                // A standby again, until the lease is taken anew; signals that were not decided are left to the new holder.
                ReportProgress();
            }
        }
    }

    private async Task WorkAsync(Lease lease, CancellationToken ct)
    {
        _reader.Rewind();
        _runCheckedAt = 0;
        _published = 0;
        if (!lane.IsReplay)
        {
            await DescribeAsync(string.Empty, ct);
        }

        while (true)
        {
            await FindRunAsync(ct);
            if (_run.Length > 0)
            {
                await FollowAsync(lease, _run, ct);
            }
            else
            {
                await DecideAsync(lease, await _reader.ReadAsync(MaxSignals, PollInterval, ct), ct);
            }

            await heartbeats.BeatAsync([CacheKeys.DecisionHeartbeat], ct);
            ReportProgress();
        }
    }

    private async Task FindRunAsync(CancellationToken ct)
    {
        if (!lane.IsReplay || (_runCheckedAt != 0 && time.GetElapsedTime(_runCheckedAt) < PollInterval))
        {
            return;
        }

        var run = await cache.GetAsync(CacheKeys.ActiveReplay, ct) ?? string.Empty;
        _runCheckedAt = time.GetTimestamp();
        if (run != _run)
        {
            (_run, _published) = (run, 0);
            if (run.Length > 0)
            {
                log.Follows(run);
                await DescribeAsync(run, ct);
            }
        }
    }

    private async Task DescribeAsync(string run, CancellationToken ct)
    {
        await rule.WriteAsync(run, await flags.OfAsync(run, ct), ct);
        await hosted.WriteAsync(run, ct);
    }

    // All signals up to the pattern watermark are on the stream: once these are decided, the strategy watermark may follow.
    private async Task FollowAsync(Lease lease, string run, CancellationToken ct)
    {
        var found = await watermarks.GetAsync(run, ReplayStages.Pattern, ct);
        while (await _reader.ReadAsync(MaxSignals, TimeSpan.Zero, ct) is { Count: > 0 } entries)
        {
            await DecideAsync(lease, entries, ct);
        }

        if (found > _published)
        {
            await progress.DecidedAsync(run, found, ct);
            _published = found;
        }
        else
        {
            await WaitAsync(run, found + 1, ct);
        }
    }

    private async Task WaitAsync(string run, long next, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var more = watermarks.WaitForAsync(run, ReplayStages.Pattern, next, limit.Token);
        if (await Task.WhenAny(more, Task.Delay(PollInterval, time, limit.Token)) != more)
        {
            // Advanced again, in case Redis lost it.
            _published = 0;
        }

        await limit.CancelAsync();
    }

    private async Task DecideAsync(Lease lease, IReadOnlyList<StreamEntry<Signal>> entries, CancellationToken ct)
    {
        if (!options.Value.BuiltIn)
        {
            await _reader.AcknowledgeAsync([.. entries.Select(static entry => entry.Id)], ct);
            return;
        }

        foreach (var entry in entries)
        {
            var held = await flags.OfAsync(entry.Message.Run, ct);
            if (!held.IsOn(FeatureFlags.BuiltInRule))
            {
                await _reader.AcknowledgeAsync([entry.Id], ct);
                continue;
            }

            await BeforeAsync(entry.Message, ct);
            try
            {
                await decider.DecideAsync(lease, entry.Id, entry.Message, held, ct);
            }
            catch (Exception failure)
                when (failure is not LeaseLostException && !TransientFailures.Includes(failure) && CountFailure(entry.Id) >= MaxAttempts)
            {
                log.Undecidable(failure, entry.Message.Id, entry.Message.Symbol);
                await _reader.DeadLetterAsync(entry, failure.Message, MaxAttempts, ct);
                continue;
            }

            await relay.FlushAsync(ct);
            await _reader.AcknowledgeAsync([entry.Id], ct);
        }
    }

    // Everything before the signal's tick is decided; its own tick must be booked before the positions are read.
    private async Task BeforeAsync(Signal signal, CancellationToken ct)
    {
        if (signal.Run.Length == 0)
        {
            return;
        }

        var before = signal.Seq - 1;
        if (signal.Run != _run || before > _published)
        {
            await progress.DecidedAsync(signal.Run, before, ct);
            _published = signal.Run == _run ? before : _published;
        }

        await watermarks.WaitForAsync(signal.Run, ReplayStages.Execution, signal.Seq, ct);
    }

    private int CountFailure(string id)
    {
        _failed = _failed.Id == id ? (id, _failed.Count + 1) : (id, 1);
        return _failed.Count;
    }
}
