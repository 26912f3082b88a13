using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AITrader.Contracts;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Monitoring;

/// <summary>The pub/sub channel of the monitor, in Redis.</summary>
internal sealed class MonitorChannel(RedisBus bus) : IMonitorChannel
{
    private const int MaxBuffered = 10_000;

    private readonly RedisChannel _channel = RedisChannel.Literal(bus.Key(StreamNames.Monitor));

    public Task PublishAsync(string json, CancellationToken ct) =>
        RedisFailures.OrUnavailable(() => bus.Subscriber.PublishAsync(_channel, json), "publish to the monitor", ct);

    public async IAsyncEnumerable<string> SubscribeAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var received = Channel.CreateBounded<string>(
            new BoundedChannelOptions(MaxBuffered) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        var queue = await RedisFailures.OrUnavailable(() => bus.Subscriber.SubscribeAsync(_channel), "subscribe to the monitor", ct);

        // A message queue keeps the order; a handler passed to SubscribeAsync would run on several threads of the pool at a time.
        queue.OnMessage(message => received.Writer.TryWrite(message.Message.ToString()));
        try
        {
            await foreach (var json in received.Reader.ReadAllAsync(ct))
            {
                yield return json;
            }
        }
        finally
        {
            await queue.UnsubscribeAsync(CommandFlags.FireAndForget);
        }
    }
}
