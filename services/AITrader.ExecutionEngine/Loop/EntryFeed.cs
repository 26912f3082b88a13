using System.Globalization;
using AITrader.Messaging;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>A reader with one read always under way, so that a loop can wait for two streams at once. One caller at a time.</summary>
internal sealed class EntryFeed<T>(IStreamReader<T> reader, int maxCount) : IAsyncDisposable
    where T : class
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    private CancellationTokenSource _reading = new();
    private Task<IReadOnlyList<StreamEntry<T>>>? _next;
    private string _newest = string.Empty;

    /// <summary>Completes when entries arrived or the read timed out.</summary>
    public Task Arrival => _next ??= reader.ReadAsync(maxCount, Block, _reading.Token);

    /// <summary>Whether <see cref="TakeAsync"/> does not have to wait.</summary>
    public bool HasArrived => _next is { IsCompleted: true };

    /// <summary>The entries that arrived; empty after a timeout.</summary>
    public async Task<IReadOnlyList<StreamEntry<T>>> TakeAsync()
    {
        _ = Arrival;
        var entries = await _next!;
        _next = null;
        if (entries.Count > 0)
        {
            _newest = entries[^1].Id;
        }

        return entries;
    }

    /// <summary>Whether everything up to an entry has been taken.</summary>
    public bool HasReached(string id) => Compare(_newest, id) >= 0;

    /// <summary>What the stream holds beyond what was taken; empty only when it holds nothing more.</summary>
    /// <remarks>The read that is under way may end empty although an entry has come since, because its time was over before: only a read
    /// that begins now can tell.</remarks>
    public async Task<IReadOnlyList<StreamEntry<T>>> TakeWaitingAsync(CancellationToken ct)
    {
        if (_next is not null && await TakeAsync() is { Count: > 0 } arrived)
        {
            return arrived;
        }

        _next = reader.ReadAsync(maxCount, TimeSpan.Zero, ct);
        return await TakeAsync();
    }

    public Task DeadLetterAsync(StreamEntry<T> entry, string reason, int deliveries, CancellationToken ct) =>
        reader.DeadLetterAsync(entry, reason, deliveries, ct);

    /// <summary>Starts again with the pending entries.</summary>
    public async Task RewindAsync()
    {
        await StopAsync();
        _reading = new CancellationTokenSource();
        _newest = string.Empty;
        reader.Rewind();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await reader.DisposeAsync();
    }

    private async Task StopAsync()
    {
        await _reading.CancelAsync();
        if (_next is { } pending)
        {
            // Entries that it returned are delivered again after the rewind.
            await pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _next = null;
        }

        _reading.Dispose();
    }

    private static int Compare(string left, string right)
    {
        var (a, b) = (Parts(left), Parts(right));
        return a.CompareTo(b);
    }

    private static (ulong Time, ulong Seq) Parts(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? default
            : (
                ulong.Parse(id.AsSpan(0, dash), CultureInfo.InvariantCulture),
                ulong.Parse(id.AsSpan(dash + 1), CultureInfo.InvariantCulture)
            );
    }
}
