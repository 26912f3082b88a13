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

/// <summary>The only writer of the account while it has the lease. Every failure is handled like a start: the streams are rewound, the
/// account is loaded again.</summary>
internal sealed class ExecutionService : SupervisedService, IAsyncDisposable
{
    public const string LeaseName = "execution-engine";

    // One name for all instances: the next holder of the lease continues with the pending entries.
    private const string Consumer = "execution-engine";

    private readonly LeaseKeeper _leases;
    private readonly AccountLoader _loader;
    private readonly AccountGuard _guard;
    private readonly Func<DeskAccount, ExecutionSession> _sessions;
    private readonly EntryFeed<Tick> _ticks;
    private readonly EntryFeed<OrderMessage> _orders;

    public ExecutionService(
        Supervisor supervisor,
        LeaseKeeper leases,
        IStreamReaders readers,
        AccountLoader loader,
        AccountGuard guard,
        SessionParts parts,
        IOptions<ExecutionOptions> options
    )
        : base(supervisor)
    {
        _leases = leases;
        _loader = loader;
        _guard = guard;
        _ticks = new EntryFeed<Tick>(readers.Open<Tick>(ConsumerGroups.Execution, Consumer), options.Value.BatchSize);
        _orders = new EntryFeed<OrderMessage>(readers.Open<OrderMessage>(ConsumerGroups.Execution, Consumer), options.Value.BatchSize);
        _sessions = deskAccount => new ExecutionSession(parts, deskAccount, _ticks, _orders);
    }

    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _orders.DisposeAsync();
        Dispose();
    }

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
        while (true)
        {
            await _ticks.RewindAsync();
            await _orders.RewindAsync();
            var deskAccount = await _loader.LoadAsync(lease, ct);
            try
            {
                await _guard.ReconcileAsync(deskAccount, ct);
            }
            catch (AccountInDoubtException doubt)
            {
                // The account stays closed: ticks and events are processed, every order is denied, until it reconciles again.
                await _guard.HaltAsync(lease, doubt, ct);
            }

            await RunSessionAsync(deskAccount, ct);
        }
    }

    private async Task RunSessionAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        try
        {
            await _sessions(deskAccount).RunAsync(ReportProgress, ct);
        }
        catch (AccountInDoubtException doubt)
        {
            await _guard.HaltAsync(deskAccount.Lease, doubt, ct);
        }
        catch (AccountReopenedException)
        {
            // The next round loads and compares the account again.
        }
    }
}
