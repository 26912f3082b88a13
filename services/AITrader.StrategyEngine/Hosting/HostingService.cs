using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Leasing;
using AITrader.StrategyEngine.Heartbeats;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Drives the hosted strategies with the ticks of the stream, while it has the lease. Every failure is handled like a start: they
/// are loaded again, and do over again what they did.</summary>
internal sealed class HostingService(
    Supervisor supervisor,
    LeaseKeeper leases,
    IStreamReaders readers,
    IStreamAdmin streams,
    HostingLane hosting,
    OriginHeartbeats heartbeats,
    IOptions<HostingOptions> options,
    TimeProvider time
) : SupervisedService(supervisor), IAsyncDisposable
{
    // One name for all instances: the next holder of the lease continues with the pending entries.
    private const string Consumer = "strategy-engine";
    private const int MaxTicks = 256;

    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250);

    private IStreamReader<Tick>? _reader;
    private HostedSession? _session;
    private long _shownAt;

    protected override string Name => $"{nameof(HostingService)} ({hosting.Lane.Name})";

    private string Stream => hosting.Lane.Of(StreamNames.RawTicks);

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Runnable().Any() && !await WasHostingAsync(stoppingToken))
        {
            return;
        }

        _reader ??= readers.Open<Tick>(ConsumerGroups.HostedStrategies, Consumer, Stream);
        while (true)
        {
            var held = await leases.HeldAsync(ReportProgress, stoppingToken);
            using var working = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held.Lost);
            try
            {
                await WorkAsync(_reader, held.Lease, working.Token);
            }
            catch (Exception ended)
                when (!stoppingToken.IsCancellationRequested
                    && (ended is LeaseLostException || (ended is OperationCanceledException && held.Lost.IsCancellationRequested))
                )
            {
                // A standby again, until the lease is taken anew.
                ReportProgress();
            }
        }
    }

    // A group that nobody reads would keep the stream from being trimmed: where nothing is hosted any more it is read to no effect.
    private async Task<bool> WasHostingAsync(CancellationToken ct) =>
        (await streams.FindAsync(Stream, ct)).Any(static stream =>
            stream.Groups.Any(static group => group.Name == ConsumerGroups.HostedStrategies)
        );

    private async Task WorkAsync(IStreamReader<Tick> reader, Lease lease, CancellationToken ct)
    {
        reader.Rewind();
        _session = null;
        while (true)
        {
            var entries = await reader.ReadAsync(MaxTicks, Block, ct);
            foreach (var tick in options.Value.Runnable().Any() ? entries.Select(static entry => entry.Message) : [])
            {
                await TakeAsync(lease, tick, ct);
            }

            await RestAsync(entries.Count == 0, ct);
            if (entries.Count > 0)
            {
                await reader.AcknowledgeAsync([.. entries.Select(static entry => entry.Id)], ct);
            }

            ReportProgress();
        }
    }

    private async Task TakeAsync(Lease lease, Tick tick, CancellationToken ct)
    {
        if (_session?.Run.Name != tick.Run)
        {
            _session?.End();
            hosting.Reloads.Begin();
            _session = await hosting.Sessions.BeginAsync(lease, tick, ct);
        }

        await _session.TakeAsync(tick, ct);
        await hosting.Reloads.LookAsync(_session, ct);
    }

    private async Task RestAsync(bool isIdle, CancellationToken ct)
    {
        if (_session is not { } session)
        {
            return;
        }

        await hosting.Reloads.LookAsync(session, ct);
        await session.RestAsync(ct);
        if (isIdle)
        {
            await session.IdleAsync(ct);
        }

        await heartbeats.BeatAsync(
            session.Strategies.Where(static one => one.Failure is null).Select(static one => CacheKeys.StrategyHeartbeat(one.Name)),
            ct
        );
        if (isIdle || time.GetElapsedTime(_shownAt) >= ShowEvery)
        {
            _shownAt = time.GetTimestamp();
            hosting.Board.Show(session);
        }
    }
}
