using AITrader.Messaging.Redis;
using StackExchange.Redis;
using RedisEntry = StackExchange.Redis.StreamEntry;

namespace AITrader.Messaging.Reading;

/// <summary>The id of an entry that was delivered before, and the number of deliveries.</summary>
internal readonly record struct PendingId(string Id, int Deliveries, bool CountsAsDelivery);

/// <summary>The pending entries of one consumer on one partition, and its read position. For one caller at a time.</summary>
internal sealed class PartitionCursor(int partition, string key, string group, string consumer)
{
    private const int ScanPage = 1000;
    private const string Start = "-";

    private readonly Queue<PendingId> _pending = new();
    private string? _scanFrom = Start;
    private bool _scanCounts = true;
    private bool _hasScanned;

    public int Partition { get; } = partition;

    public string Key { get; } = key;

    /// <summary>Id of the newest entry that was returned to the caller.</summary>
    public string LastNew { get; private set; } = string.Empty;

    public void HandedOut(RedisEntry[] entries)
    {
        if (entries.Length > 0)
        {
            LastNew = Later(LastNew, entries[^1].Id!);
        }
    }

    /// <summary>Makes all pending entries be read again. After a failure of the caller this does not count as a delivery; the first scan
    /// after a start does.</summary>
    public void Rewind()
    {
        _pending.Clear();
        _scanFrom = Start;
        _scanCounts = !_hasScanned;
    }

    /// <summary>Resets the cursor after the group was created again.</summary>
    public void Reset()
    {
        LastNew = string.Empty;
        Rewind();
    }

    /// <summary>Reads entries again that the server delivered in a reply that was lost.</summary>
    public void Recover()
    {
        if (_scanFrom is null)
        {
            var seen = _pending.Count == 0 ? LastNew : Later(LastNew, _pending.Last().Id);
            _scanFrom = seen.Length == 0 ? Start : $"({seen}";
            _scanCounts = false;
        }
    }

    /// <summary>Queues entries that were taken over from another consumer.</summary>
    public async Task EnqueueAsync(IDatabase redis, RedisValue[] ids)
    {
        var wanted = ids.Select(static id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        var from = (RedisValue)ids[0];
        while (wanted.Count > 0)
        {
            var page = await redis.StreamPendingMessagesAsync(Key, group, ScanPage, consumer, from, ids[^1]);
            foreach (var found in page.Where(found => wanted.Remove(found.MessageId!)))
            {
                _pending.Enqueue(new PendingId(found.MessageId!, found.DeliveryCount, CountsAsDelivery: true));
            }

            if (page.Length < ScanPage)
            {
                return;
            }

            from = $"({page[^1].MessageId}";
        }
    }

    /// <summary>Returns the next pending ids that one command may claim; an empty list when nothing is pending.</summary>
    public async Task<IReadOnlyList<PendingId>> NextAsync(IDatabase redis, int maxCount, int suspectAfter)
    {
        if (_pending.Count == 0 && _scanFrom is not null)
        {
            await ScanAsync(redis);
        }

        var batch = new List<PendingId>();
        while (batch.Count < maxCount && _pending.TryPeek(out var next) && (batch.Count == 0 || IsAlike(batch[0], next)))
        {
            batch.Add(_pending.Dequeue());

            // Several consumers died while handling this entry: returned alone, it cannot take other entries down with it.
            if (next.CountsAsDelivery && next.Deliveries >= suspectAfter)
            {
                break;
            }
        }

        return batch;
    }

    /// <summary>Puts ids back into the queue that could not be claimed.</summary>
    public void Return(IReadOnlyList<PendingId> batch)
    {
        var rest = _pending.ToArray();
        _pending.Clear();
        foreach (var id in batch.Concat(rest))
        {
            _pending.Enqueue(id);
        }
    }

    private static bool IsAlike(PendingId first, PendingId next) =>
        next.CountsAsDelivery == first.CountsAsDelivery && next.Deliveries == first.Deliveries;

    private static string Later(string left, string right) => EntryIds.Compare(left, right) >= 0 ? left : right;

    private async Task ScanAsync(IDatabase redis)
    {
        var page = await redis.StreamPendingMessagesAsync(Key, group, ScanPage, consumer, _scanFrom, "+");
        foreach (var found in page)
        {
            _pending.Enqueue(new PendingId(found.MessageId!, found.DeliveryCount, _scanCounts));
        }

        _hasScanned = true;
        _scanFrom = page.Length < ScanPage ? null : $"({page[^1].MessageId}";
    }
}
