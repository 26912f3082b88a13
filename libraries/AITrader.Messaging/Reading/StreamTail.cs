using AITrader.Contracts.Codecs;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Reading;

/// <summary>Reads the newest entry of a stream.</summary>
internal sealed class StreamTail(RedisBus bus) : IStreamTail
{
    public Task<StreamEntry<T>?> LastAsync<T>(CancellationToken ct)
        where T : class =>
        LastAsync<T>(
            StreamCodecs.For<T>().Stream ?? throw new ArgumentException($"{typeof(T).Name} has more than one stream: name it"),
            ct
        );

    public async Task<StreamEntry<T>?> LastAsync<T>(string stream, CancellationToken ct)
        where T : class
    {
        var decoder = new EntryDecoder<T>(StreamCodecs.For<T>());
        var partitions = bus.Layout.PartitionsOf(stream);
        StreamEntry<T>? newest = null;
        var newestId = string.Empty;
        for (var partition = 0; partition < partitions; partition++)
        {
            var key = bus.Layout.Key(stream, partition);
            var last = await RedisFailures.OrUnavailable(
                () => bus.Database.StreamRangeAsync(key, count: 1, messageOrder: Order.Descending),
                $"read the end of {stream}",
                ct
            );
            if (last.Length > 0 && EntryIds.Compare(last[0].Id!, newestId) > 0)
            {
                newestId = last[0].Id!;
                newest = new StreamEntry<T>(EntryIds.Join(newestId, partition, partitions), decoder.Decode(last[0]));
            }
        }

        return newest;
    }
}
