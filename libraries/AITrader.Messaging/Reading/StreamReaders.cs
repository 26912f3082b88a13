using System.Collections.Concurrent;
using AITrader.Contracts.Codecs;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Logging;

namespace AITrader.Messaging.Reading;

/// <summary>Opens readers, and lists the streams that this process reads.</summary>
internal sealed class StreamReaders(
    RedisBus bus,
    InstanceName instance,
    MessagingMetrics metrics,
    DeadLetters dead,
    TimeProvider clock,
    ILogger<StreamReaders> logger
) : IStreamReaders
{
    private readonly ConcurrentDictionary<string, bool> _streams = new(StringComparer.Ordinal);

    public ICollection<string> Streams => _streams.Keys;

    public IStreamReader<T> Open<T>(string group, string? consumer = null, string? stream = null)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        var codec = StreamCodecs.For<T>();
        var name = stream
            ?? codec.Stream
            ?? throw new ArgumentException($"{typeof(T).Name} has more than one stream: name the one to read", nameof(stream));
        _streams.TryAdd(name, true);
        return new StreamReader<T>(new ReaderContext(bus, name, group, consumer ?? instance.Value, metrics, dead, clock, logger), codec);
    }
}
