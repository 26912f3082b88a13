using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Leasing;
using AITrader.Storage.Outbox;
using AITrader.StrategyEngine.Decisions;
using AITrader.StrategyEngine.Diagnostics;

namespace AITrader.StrategyEngine.Signals;

/// <summary>Decides signals in the order of the stream, while it has the lease; in a replay, each at the positions of its own
/// tick.</summary>
internal sealed class StrategyService(
    Supervisor supervisor,
    LeaseKeeper leases,
    IStreamReaders readers,
    IWatermarks watermarks,
    ICache cache,
    IOutboxRelay relay,
    Decider decider,
    TimeProvider time,
    ILogger<StrategyService> log
) : SupervisedService(supervisor), IAsyncDisposable
{
    public const string LeaseName = "strategy-engine";

    // One name for all instances: whoever runs goes on with what is pending.
    private const string Consumer = "strategy-engine";
    private const int MostSignals = 64;
    private const int MostAttempts = 5;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    private readonly IStreamReader<Signal> _reader = readers.Open<Signal>(ConsumerGroups.Strategy, Consumer);
    private (string Id, int Count) _failed = (string.Empty, 0);
    private string _run = string.Empty;
    private long _published;
    private long _lookedAt;

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
                // A standby again, until the keeper has it anew; signals that were not decided are the other one's.
                ReportProgress();
            }
        }
    }

    private async Task WorkAsync(Lease lease, CancellationToken ct)
    {
        _reader.Rewind();
        _lookedAt = 0;
        _published = 0;
        while (true)
        {
            await FindRunAsync(ct);
            if (_run.Length > 0)
            {
                await FollowAsync(lease, _run, ct);
            }
            else
            {
                await DecideAsync(lease, await _reader.ReadAsync(MostSignals, Breath, ct), ct);
            }

            ReportProgress();
        }
    }

    private async Task FindRunAsync(CancellationToken ct)
    {
        if (_lookedAt != 0 && time.GetElapsedTime(_lookedAt) < Breath)
        {
            return;
        }

        var run = await cache.GetAsync(CacheKeys.ActiveReplay, ct) ?? string.Empty;
        _lookedAt = time.GetTimestamp();
        if (run != _run)
        {
            (_run, _published) = (run, 0);
            if (run.Length > 0)
            {
                log.Follows(run);
            }
        }
    }

    // What the pattern watermark promises is on the stream: once that is decided, so is everything up to the watermark.
    private async Task FollowAsync(Lease lease, string run, CancellationToken ct)
    {
        var found = await watermarks.GetAsync(run, ReplayStages.Pattern, ct);
        while (await _reader.ReadAsync(MostSignals, TimeSpan.Zero, ct) is { Count: > 0 } entries)
        {
            await DecideAsync(lease, entries, ct);
        }

        if (found > _published)
        {
            await watermarks.AdvanceAsync(run, ReplayStages.Strategy, found, ct);
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
        if (await Task.WhenAny(more, Task.Delay(Breath, time, limit.Token)) != more)
        {
            // Told again, in case the bus forgot.
            _published = 0;
        }

        await limit.CancelAsync();
    }

    private async Task DecideAsync(Lease lease, IReadOnlyList<StreamEntry<Signal>> entries, CancellationToken ct)
    {
        foreach (var entry in entries)
        {
            await BeforeAsync(entry.Message, ct);
            try
            {
                await decider.DecideAsync(lease, entry.Id, entry.Message, ct);
            }
            catch (Exception failure)
                when (failure is not LeaseLostException && !TransientFailures.Includes(failure) && CountFailure(entry.Id) >= MostAttempts)
            {
                log.Undecidable(failure, entry.Message.Id, entry.Message.Symbol);
                await _reader.DeadLetterAsync(entry, failure.Message, MostAttempts, ct);
                continue;
            }

            await relay.FlushAsync(ct);
            await _reader.AcknowledgeAsync([entry.Id], ct);
        }
    }

    // Everything before the signal's tick is decided; its own tick must be through the books before it is looked at.
    private async Task BeforeAsync(Signal signal, CancellationToken ct)
    {
        if (signal.Run.Length == 0)
        {
            return;
        }

        var before = signal.Seq - 1;
        if (signal.Run != _run || before > _published)
        {
            await watermarks.AdvanceAsync(signal.Run, ReplayStages.Strategy, before, ct);
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
