using System.Threading.Channels;
using AITrader.Domain.Brokers;
using AITrader.ExecutionEngine.Brokers.Parts;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.News;

/// <summary>Reads the broker's books again and again, at once when there is news, and waits until what follows is stored.</summary>
internal sealed class BrokerPoller(
    IBroker broker,
    IOptions<BrokerOptions> options,
    BrokerState state,
    IOrderPathProbe probe,
    TimeProvider time
) : IDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _comparedAt;
    private bool _comparesNext = true;
    private DateTimeOffset? _lostAt;

    /// <summary>Asks for a look at once. Safe from any thread.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is asked for already.
        }
    }

    /// <summary>Asks for positions and cash with the next look.</summary>
    public void CompareNext()
    {
        Volatile.Write(ref _comparesNext, true);
        Wake();
    }

    public async Task RunAsync(ChannelWriter<BrokerFact> facts, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if (await TryReadAsync(ct) is { } books)
                {
                    await probe.ReachedAsync(OrderPath.NewsRead, ct);
                    var read = new BrokerFact.Read(books, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                    facts.TryWrite(read);
                    await read.Stored.Task.WaitAsync(ct);
                }

                await Task.Delay(LeastPause, time, ct);
                await _wake.WaitAsync(options.Value.PollInterval, ct);
            }
        }
#pragma warning disable CA1031 // Whatever it is, the session must end: the keeper of the books throws it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            facts.TryWrite(new BrokerFact.Broken(failure));
        }
    }

    public void Dispose() => _wake.Dispose();

    private async Task<BrokerBooks?> TryReadAsync(CancellationToken ct)
    {
        var from = time.GetUtcNow();
        try
        {
            var books = await ReadAsync(from, ct);
            var outage = _lostAt is { } lost ? time.GetUtcNow() - lost : TimeSpan.Zero;
            _lostAt = null;
            state.Heard(time.GetUtcNow());
            return books with { Outage = outage };
        }
        catch (BrokerUnavailableException silence)
        {
            _lostAt ??= from;
            state.Lost(_lostAt.Value, $"{silence.Code} {silence.Message}".Trim());
            return null;
        }
    }

    private async Task<BrokerBooks> ReadAsync(DateTimeOffset from, CancellationToken ct)
    {
        var isDue = Volatile.Read(ref _comparesNext) || time.GetElapsedTime(_comparedAt) >= options.Value.ReconcileInterval;
        var orders = await broker.GetOrdersAsync(ct);
        var books = new BrokerBooks(from, TimeSpan.Zero, orders, await broker.GetExecutionsAsync(ct));
        if (!isDue)
        {
            return books;
        }

        var full = books with { Positions = await broker.GetPositionsAsync(ct), Funds = await broker.GetAvailableFundsAsync(ct) };
        if (!books.Executions.SequenceEqual(await broker.GetExecutionsAsync(ct)))
        {
            // Traded meanwhile: these positions belong to other executions. The next look compares.
            return books;
        }

        Volatile.Write(ref _comparesNext, false);
        _comparedAt = time.GetTimestamp();
        return full;
    }
}
