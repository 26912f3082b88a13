using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Signals;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;
using AITrader.Messaging.Replay;
using StackExchange.Redis;

namespace AITrader.Messaging.Transactions;

/// <summary>A Redis transaction (one MULTI/EXEC). Not safe for more than one caller.</summary>
internal sealed class StreamTransaction(RedisBus bus, MessagingMetrics metrics) : IStreamTransaction
{
    private readonly ITransaction _transaction = bus.Database.CreateTransaction();
    private readonly EntryWriter _writer = new();
    private readonly List<Task> _confirmations = [];
    private readonly Dictionary<string, int> _published = new(StringComparer.Ordinal);

    public IStreamTransaction Publish<T>(T message)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        return Append(StreamCodecs.For<T>().StreamOf(message), message);
    }

    public IStreamTransaction PublishTo<T>(string stream, T message)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var isShortForm = message is Signal && stream != StreamCodecs.For<Signal>().Stream;
        return isShortForm ? Append(stream, SymbolSignal.From((Signal)(object)message)) : Append(stream, message);
    }

    public IStreamTransaction Acknowledge(string stream, string group, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var (key, own) in EntryIds.ByKey(bus.Layout, stream, ids))
        {
            _confirmations.Add(_transaction.StreamAcknowledgeAsync(key, group, own));
        }

        return this;
    }

    public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value)
    {
        _confirmations.Add(_transaction.StringSetAsync(bus.Key(key), value));
        return this;
    }

    public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value, long fence)
    {
        _confirmations.Add(_transaction.ExecuteAsync("EVAL", FenceScript.Keep(bus, key, value, fence)));
        return this;
    }

    public IStreamTransaction SetWatermark(string run, string stage, long seq)
    {
        _confirmations.Add(_transaction.ExecuteAsync("EVAL", WatermarkScript.Arguments(bus.Layout, run, stage, seq)));
        return this;
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (_confirmations.Count == 0)
        {
            return;
        }

        if (!await RedisFailures.OrUnavailable(ExecuteAsync, "commit", ct))
        {
            throw new BusUnavailableException("commit: the transaction was discarded");
        }

        foreach (var (stream, count) in _published)
        {
            metrics.Published(stream, count);
        }
    }

    private StreamTransaction Append<T>(string stream, T message)
        where T : class
    {
        var codec = StreamCodecs.For<T>();
        var key = bus.Layout.Key(stream, bus.Layout.PartitionOf(stream, codec.SymbolOf(message)));
        _confirmations.Add(_transaction.StreamAddAsync(key, _writer.Write(codec, message)));
        _published[stream] = _published.GetValueOrDefault(stream) + 1;
        return this;
    }

    private async Task<bool> ExecuteAsync()
    {
        var isDone = await _transaction.ExecuteAsync();
        if (isDone)
        {
            await Task.WhenAll(_confirmations);
        }

        return isDone;
    }
}
