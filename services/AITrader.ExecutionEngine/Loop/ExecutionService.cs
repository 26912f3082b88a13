using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.ExecutionEngine.Books;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>The one writer of the books. Every failure ends in what a start does: rewind the streams, rebuild the books, go on.</summary>
internal sealed class ExecutionService : SupervisedService, IAsyncDisposable
{
    // One name for all instances: whoever runs goes on with what is pending.
    private const string Consumer = "execution-engine";

    private readonly BookLoader _loader;
    private readonly BookGuard _guard;
    private readonly Func<DeskBooks, ExecutionSession> _sessions;
    private readonly EntryFeed<Tick> _ticks;
    private readonly EntryFeed<OrderMessage> _orders;

    public ExecutionService(
        Supervisor supervisor, IStreamReaders readers, BookLoader loader, BookGuard guard, SessionParts parts, IOptions<ExecutionOptions> options)
        : base(supervisor)
    {
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
            await _ticks.RewindAsync();
            await _orders.RewindAsync();
            var books = await _loader.LoadAsync(stoppingToken);
            try
            {
                await _guard.ReconcileAsync(books, stoppingToken);
            }
            catch (BooksInDoubtException doubt)
            {
                // Goes on with the books closed: ticks and events flow, every order is denied, until they are right again.
                await _guard.HaltAsync(doubt, stoppingToken);
            }

            ReportProgress();
            await RunSessionAsync(books, stoppingToken);
        }
    }

    private async Task RunSessionAsync(DeskBooks books, CancellationToken stoppingToken)
    {
        try
        {
            await _sessions(books).RunAsync(ReportProgress, stoppingToken);
        }
        catch (BooksInDoubtException doubt)
        {
            await _guard.HaltAsync(doubt, stoppingToken);
        }
        catch (BooksReopenedException)
        {
            // Load and compare again: the next round does.
        }
    }
}
