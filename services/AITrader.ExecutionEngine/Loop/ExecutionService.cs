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

/// <summary>The one writer of the books, while it has the lease. Every failure ends in what a start does: rewind the streams, rebuild the
/// books, go on.</summary>
internal sealed class ExecutionService : SupervisedService, IAsyncDisposable
{
    public const string LeaseName = "execution-engine";

    // One name for all instances: whoever runs goes on with what is pending.
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
        _sessions = books => new ExecutionSession(parts, books, _ticks, _orders);
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
                // A standby again, until the keeper has it anew; what was computed and not stored is the other one's to do, and what was
                // about to be read its to read.
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
            var books = await _loader.LoadAsync(lease, ct);
            try
            {
                await _guard.ReconcileAsync(books, ct);
            }
            catch (AccountInDoubtException doubt)
            {
                // Goes on with the books closed: ticks and events flow, every order is denied, until they are right again.
                await _guard.HaltAsync(lease, doubt, ct);
            }

            await RunSessionAsync(books, ct);
        }
    }

    private async Task RunSessionAsync(DeskAccount books, CancellationToken ct)
    {
        try
        {
            await _sessions(books).RunAsync(ReportProgress, ct);
        }
        catch (AccountInDoubtException doubt)
        {
            await _guard.HaltAsync(books.Lease, doubt, ct);
        }
        catch (BooksReopenedException)
        {
            // Load and compare again: the next round does.
        }
    }
}
