using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Reconciliation;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Leasing;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>The only writer of the accounts of its lane while it has the lease. Every failure is handled like a start: the streams are
/// rewound, the account is loaded again.</summary>
internal sealed class ExecutionService : SupervisedService, IAsyncDisposable
{
    public const string LeaseName = "execution-engine";

    // One name for all instances: the next holder of the lease continues with the pending entries.
    private const string Consumer = "execution-engine";

    private readonly LeaseKeeper _leases;
    private readonly Lane _lane;
    private readonly AccountLoader _loader;
    private readonly AccountGuard _guard;
    private readonly Func<DeskAccount, ExecutionSession> _sessions;
    private readonly EntryFeed<Tick> _ticks;
    private readonly EntryFeed<OrderMessage> _orders;

    public ExecutionService(
        Supervisor supervisor,
        LeaseKeeper leases,
        IStreamReaders readers,
        Lane lane,
        LaneParts parts,
        IOptions<ExecutionOptions> options
    )
        : base(supervisor)
    {
        _leases = leases;
        _lane = lane;
        _loader = parts.Loader;
        _guard = parts.Guard;
        var batch = options.Value.BatchSize;
        _ticks = new EntryFeed<Tick>(readers.Open<Tick>(ConsumerGroups.Execution, Consumer, lane.Of(StreamNames.RawTicks)), batch);
        _orders = new EntryFeed<OrderMessage>(
            readers.Open<OrderMessage>(ConsumerGroups.Execution, Consumer, lane.Of(StreamNames.Orders)),
            batch
        );
        _sessions = deskAccount => new ExecutionSession(parts.Session, deskAccount, _ticks, _orders);
    }

    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _orders.DisposeAsync();
        Dispose();
    }

    protected override string Name => $"{nameof(ExecutionService)} ({_lane.Name})";

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var held = await _leases.HeldAsync(ReportProgress, stoppingToken);
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
                // A standby again, until the lease is taken anew; what was computed and not stored, and what was read last, is left to the
                // new holder.
                await _ticks.RewindAsync();
                await _orders.RewindAsync();
            }
        }
    }

    private async Task WorkAsync(Lease lease, CancellationToken ct)
    {
        RunChoice? next = null;
        while (true)
        {
            await _ticks.RewindAsync();
            await _orders.RewindAsync();
            next ??= await _loader.FirstRunAsync(ct) ?? await FirstOnBusAsync(ct);
            await _ticks.RewindAsync();
            await _orders.RewindAsync();
            var deskAccount = await _loader.LoadAsync(lease, next, ct);
            try
            {
                await _guard.ReconcileAsync(deskAccount, ct);
            }
            catch (AccountInDoubtException doubt)
            {
                // The account stays closed: ticks and events are processed, every order is denied, until it reconciles again.
                await _guard.HaltAsync(deskAccount, doubt, ct);
            }

            next = await RunSessionAsync(deskAccount, next, ct);
        }
    }

    // Before the first replay there is no account to load: its first tick or order says which.
    private async Task<RunChoice> FirstOnBusAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.WhenAny(_ticks.Arrival, _orders.Arrival).WaitAsync(ct);
            if (_ticks.HasArrived && await _ticks.TakeAsync() is [{ Message: var tick }, ..])
            {
                return RunChoice.Of(tick);
            }

            if (_orders.HasArrived && await _orders.TakeAsync() is [{ Message: var order }, ..])
            {
                return RunChoice.Of(order);
            }

            ReportProgress();
        }
    }

    /// <summary>Ends when the account has to be loaded again, or another one; null where that is not known.</summary>
    private async Task<RunChoice?> RunSessionAsync(DeskAccount deskAccount, RunChoice present, CancellationToken ct)
    {
        try
        {
            await _sessions(deskAccount).RunAsync(ReportProgress, ct);
        }
        catch (AccountInDoubtException doubt)
        {
            await _guard.HaltAsync(deskAccount, doubt, ct);
        }
        catch (AccountReopenedException)
        {
            // The next round loads and compares the account again.
        }
        catch (RunChangedException change)
        {
            return change.Next;
        }

        return present;
    }
}
