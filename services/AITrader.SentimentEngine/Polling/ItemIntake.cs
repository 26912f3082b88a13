using AITrader.SentimentEngine.Diagnostics;
using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Linking;
using AITrader.SentimentEngine.Sources;
using AITrader.Storage.Sentiment;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Takes what sources answer: stamps it, links it to symbols, and stores what is new. One at a time, so that the stamps are in the
/// order in which items are stored.</summary>
internal sealed class ItemIntake(
    SentimentItems store,
    SymbolLinker linker,
    IOptions<SentimentRetentionOptions> retention,
    SentimentMetrics metrics,
    TimeProvider time
) : IDisposable
{
    // What has one stamp is read together, and together small enough for that.
    private const int ItemsAStamp = 16;
    private const int Remembered = 50_000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _news = new(0);
    private readonly HashSet<(string Source, string Hash)> _known = [];
    private readonly Queue<(string Source, string Hash)> _order = new();
    private DateTimeOffset? _last;

    public void Dispose()
    {
        _turn.Dispose();
        _news.Dispose();
    }

    /// <summary>Waits until something new is stored, at most so long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _news.WaitAsync(atMost, ct);

    /// <summary>Takes the items of an answer; returns how many rows are new. When it returns, they are stored.</summary>
    /// <remarks>One that is older than what is kept is not taken: a source that lists it again would bring back what was removed.</remarks>
    public async Task<int> TakeAsync(SourceSetting source, IReadOnlyList<RawItem> raws, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var received = await StampAsync(ct);
            var fresh = raws.Select(raw => ItemMaker.Make(source, raw, received))
                .OfType<SourceItem>()
                .Where(item => item.PublishedAt >= received - retention.Value.Retention)
                .Where(item => !_known.Contains((item.Source, item.ContentHash)))
                .DistinctBy(static item => item.ContentHash)
                .ToList();
            var added = 0;
            foreach (var part in fresh.Chunk(ItemsAStamp))
            {
                added += await StoreAsync(part, ct);
            }

            metrics.Taken(source.Name, raws.Count, added);
            return added;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<int> StoreAsync(SourceItem[] items, CancellationToken ct)
    {
        var received = await StampAsync(ct);
        var rows = items
            .Select(item => item with { ReceivedAt = received })
            .SelectMany(item => linker.Link(item).Select(link => ItemRows.Of(item, link)))
            .ToList();
        var added = rows.Count > 0 ? await store.AddAsync(rows, ct) : 0;
        _last = received;
        foreach (var item in items)
        {
            Remember((item.Source, item.ContentHash));
        }

        if (added > 0)
        {
            _news.Release();
        }

        return added;
    }

    // To the microsecond, as the database keeps it, and each later than the one before, also over a restart and a clock that is set back.
    private async Task<DateTimeOffset> StampAsync(CancellationToken ct)
    {
        _last ??= await store.LastReceivedAsync(ct) ?? DateTimeOffset.UnixEpoch;
        var now = time.GetUtcNow();
        var stamp = now > _last ? now : _last.Value;
        var whole = new DateTimeOffset(stamp.UtcTicks - (stamp.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return whole > _last ? whole : _last.Value.AddMicroseconds(1);
    }

    private void Remember((string, string) key)
    {
        if (_known.Add(key))
        {
            _order.Enqueue(key);
        }

        while (_order.Count > Remembered)
        {
            _known.Remove(_order.Dequeue());
        }
    }
}
