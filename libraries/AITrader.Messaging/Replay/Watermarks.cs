using System.Collections.Concurrent;
using System.Globalization;
using AITrader.Contracts;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Replay;

/// <summary>Watermarks in Redis. Pub/sub notifies the waiters; as pub/sub guarantees no delivery, they also poll. Safe from any
/// thread.</summary>
internal sealed class Watermarks : IWatermarks, IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly RedisBus _bus;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Run, string Stage), KnownWatermark> _known = new();
    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private bool _isSubscribed;

    public Watermarks(RedisBus bus, TimeProvider clock)
    {
        _bus = bus;
        _clock = clock;
        _bus.ConnectionLost += ForgetKnown;
    }

    public async Task<long> GetAsync(string run, string stage, CancellationToken ct)
    {
        var key = _bus.Key(CacheKeys.Watermark(run, stage));
        var value = await RedisFailures.OrUnavailable(() => _bus.Database.StringGetAsync(key), $"read watermark {stage} of {run}", ct);
        return value.IsNull ? 0 : long.Parse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public Task AdvanceAsync(string run, string stage, long seq, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        var arguments = WatermarkScript.Arguments(_bus.Layout, run, stage, seq);
        return RedisFailures.OrUnavailable(() => _bus.Database.ExecuteAsync("EVAL", arguments), $"advance watermark {stage} of {run}", ct);
    }

    public async Task<long> WaitForAsync(string run, string stage, long atLeast, CancellationToken ct)
    {
        var known = _known.GetOrAdd((run, stage), static _ => new KnownWatermark());
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var reached = known.WhenAtLeast(atLeast);
            if (reached.IsCompleted || await ReadAsync(known, run, stage, atLeast, ct))
            {
                return known.Value;
            }

            await Task.WhenAny(reached, Task.Delay(PollInterval, _clock, ct));
        }
    }

    public void Dispose()
    {
        _bus.ConnectionLost -= ForgetKnown;
        _subscribing.Dispose();
    }

    private async Task<bool> ReadAsync(KnownWatermark known, string run, string stage, long atLeast, CancellationToken ct)
    {
        try
        {
            await SubscribeAsync(ct);
            var value = await GetAsync(run, stage, ct);
            known.Raise(value);
            return value >= atLeast;
        }
        catch (BusUnavailableException)
        {
            // The caller polls again after the poll interval, until Redis answers or the caller cancels.
            return false;
        }
    }

    private async Task SubscribeAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _isSubscribed))
        {
            return;
        }

        await _subscribing.WaitAsync(ct);
        try
        {
            if (!_isSubscribed)
            {
                var channel = RedisChannel.Literal(_bus.Key(WatermarkScript.Channel));
                await RedisFailures.OrUnavailable(() => SubscribeToChannelAsync(channel), "subscribe to watermarks", ct);
                Volatile.Write(ref _isSubscribed, true);
            }
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private async Task<bool> SubscribeToChannelAsync(RedisChannel channel)
    {
        await _bus.Subscriber.SubscribeAsync(channel, (_, message) => OnMessage(message.ToString()));
        return true;
    }

    private void OnMessage(string message)
    {
        // Only watermarks that some caller waits for are tracked.
        if (WatermarkScript.TryParse(message, out var name, out var seq) && _known.TryGetValue(name, out var known))
        {
            known.Raise(seq);
        }
    }

    // A server that lost its last second of writes may hold lower watermarks than it reported before.
    private void ForgetKnown(object? sender, ConnectionFailedEventArgs failure)
    {
        foreach (var known in _known.Values)
        {
            known.Forget();
        }
    }
}
