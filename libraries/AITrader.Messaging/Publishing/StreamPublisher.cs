using System.Diagnostics;
using AITrader.Contracts.Codecs;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Publishing;

/// <summary>Appends messages to streams. A list is sent in chunks, one MULTI/EXEC after the other: after a failure, a prefix of the list is
/// stored.</summary>
/// <remarks>Free-running pipelined XADDs would be as fast, but a connection that breaks among them could store later ones without earlier
/// ones.</remarks>
internal sealed class StreamPublisher(RedisBus bus, BackPressure pressure, MessagingMetrics metrics) : IStreamPublisher, IFieldPublisher
{
    public async Task<string> PublishAsync<T>(T message, CancellationToken ct)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var codec = StreamCodecs.For<T>();
        var stream = codec.StreamOf(message);
        var key = KeyOf(codec, stream, message);
        await pressure.WaitAsync(stream, key, ct);
        using var span = Start(stream, 1);
        var entry = new EntryWriter().Write(codec, message);
        return await AppendAsync(stream, key, entry, ct);
    }

    public async Task PublishAsync<T>(IReadOnlyList<T> messages, CancellationToken ct)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(messages);
        var codec = StreamCodecs.For<T>();
        foreach (var (stream, key, list) in ByKey(codec, messages))
        {
            using var span = Start(stream, list.Count);
            if (list is [var single])
            {
                // One append is a transaction by itself.
                await pressure.WaitAsync(stream, key, ct);
                await AppendAsync(stream, key, new EntryWriter().Write(codec, single), ct);
                continue;
            }

            await PublishAsync(codec, stream, key, list, ct);
        }
    }

    public async Task<string> PublishAsync(string stream, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var symbol = fields.FirstOrDefault(static field => field.Key == "symbol").Value ?? string.Empty;
        var key = bus.Layout.Key(stream, bus.Layout.PartitionOf(stream, symbol));
        await pressure.WaitAsync(stream, key, ct);
        using var span = Start(stream, 1);
        return await AppendAsync(stream, key, [.. fields.Select(static field => new NameValueEntry(field.Key, field.Value))], ct);
    }

    private async Task PublishAsync<T>(IStreamCodec<T> codec, string stream, string key, IReadOnlyList<T> messages, CancellationToken ct)
        where T : class
    {
        var underWay = Task.CompletedTask;
        for (var start = 0; start < messages.Count; start += bus.Options.PublishChunk)
        {
            // The next chunk is encoded while the previous one is being sent, but is sent only after that one is stored.
            var count = Math.Min(bus.Options.PublishChunk, messages.Count - start);
            var next = Prepare(codec, key, messages, start, count);
            await underWay;
            await pressure.WaitAsync(stream, key, ct);
            underWay = CommitAsync(next, stream, count, ct);
        }

        await underWay;
    }

    private async Task CommitAsync(Func<Task<bool>> chunk, string stream, int count, CancellationToken ct)
    {
        if (!await RedisFailures.OrUnavailable(chunk, $"publish to {stream}", ct))
        {
            throw new BusUnavailableException($"publish to {stream}: the transaction was discarded");
        }

        metrics.Published(stream, count);
    }

    private Func<Task<bool>> Prepare<T>(IStreamCodec<T> codec, string key, IReadOnlyList<T> messages, int start, int count)
        where T : class
    {
        var writer = new EntryWriter(EntryWriter.BatchCapacity);
        var transaction = bus.Database.CreateTransaction();
        var last = start + count - 1;
        for (var i = start; i < last; i++)
        {
            _ = transaction.StreamAddAsync(key, writer.Write(codec, messages[i]), flags: CommandFlags.FireAndForget);
        }

        // All appends go to one key, so the answer to the last one holds for all of them.
        var confirmed = transaction.StreamAddAsync(key, writer.Write(codec, messages[last]));
        return async () =>
        {
            var isDone = await transaction.ExecuteAsync();
            if (isDone)
            {
                await confirmed;
            }

            return isDone;
        };
    }

    private async Task<string> AppendAsync(string stream, string key, NameValueEntry[] entry, CancellationToken ct)
    {
        var id = await RedisFailures.OrUnavailable(() => bus.Database.StreamAddAsync(key, entry), $"publish to {stream}", ct);
        metrics.Published(stream, 1);
        return id.ToString();
    }

    private string KeyOf<T>(IStreamCodec<T> codec, string stream, T message)
        where T : class => bus.Layout.Key(stream, bus.Layout.PartitionOf(stream, codec.SymbolOf(message)));

    private IEnumerable<(string Stream, string Key, IReadOnlyList<T> Messages)> ByKey<T>(IStreamCodec<T> codec, IReadOnlyList<T> messages)
        where T : class
    {
        if (messages.Count == 0)
        {
            return [];
        }

        // One run at a time is the rule; what is not partitioned goes out as it is.
        var first = codec.StreamOf(messages[0]);
        if (!bus.Layout.IsPartitioned(first) && messages.All(message => codec.StreamOf(message) == first))
        {
            return [(first, bus.Key(first), messages)];
        }

        return messages
            .GroupBy(message => (Stream: codec.StreamOf(message), Key: KeyOf(codec, codec.StreamOf(message), message)))
            .Select(static group => (group.Key.Stream, group.Key.Key, (IReadOnlyList<T>)[.. group]));
    }

    private static Activity? Start(string stream, int count)
    {
        // Only inside a trace: a feed would otherwise start a root span for every batch.
        var span = Activity.Current is null ? null : MessagingMetrics.Traces.StartActivity($"publish {stream}", ActivityKind.Producer);
        span?.SetTag("messaging.system", "redis")
            .SetTag("messaging.destination.name", stream)
            .SetTag("messaging.batch.message_count", count);
        return span;
    }
}
