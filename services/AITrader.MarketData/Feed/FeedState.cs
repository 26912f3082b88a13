using System.Collections.Concurrent;

namespace AITrader.MarketData.Feed;

/// <summary>How the live feed is doing. Safe from any thread.</summary>
internal sealed class FeedState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, InstrumentTally> _instruments = new(StringComparer.Ordinal);
    private long _priced = time.GetTimestamp();
    private long _heard;
    private FeedReading _reading = new() { Reason = "not connected yet" };

    public FeedReading Reading => Volatile.Read(ref _reading);

    /// <summary>Since when there is no price; the wall clock may jump, silence does not.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _priced));

    /// <summary>When the line last said anything, be it a heartbeat.</summary>
    public DateTimeOffset? LastHeard => Volatile.Read(ref _heard) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What came of each instrument.</summary>
    public IEnumerable<InstrumentTally> Instruments => _instruments.Values;

    public void Know(InstrumentTally instrument) => _instruments[instrument.Symbol] = instrument;

    public void Pause() => Change(static reading => reading with { IsPaused = true, Silent = [] });

    public void Resume()
    {
        Priced();
        Change(static reading => reading with { IsPaused = false, IsConnected = false, Reason = "not connected yet", Silent = [] });
    }

    public void Connected() => Change(static reading => reading with { IsConnected = true, Reason = null, Connections = reading.Connections + 1 });

    public void Disconnected(string reason) => Change(reading => reading with { IsConnected = false, Reason = reason });

    /// <summary>The line said something, be it a heartbeat.</summary>
    public void Heard() => Volatile.Write(ref _heard, time.GetUtcNow().UtcTicks);

    /// <summary>A price came.</summary>
    public void Priced() => Volatile.Write(ref _priced, time.GetTimestamp());

    public void CountGarbage() => Change(static reading => reading with { Garbage = reading.Garbage + 1 });

    /// <summary>These instruments are stale now.</summary>
    public void Fell(IReadOnlyList<SilentName> silent) => Change(reading => reading with { Silent = silent });

    /// <summary>The source is not read, because what was read cannot be passed on.</summary>
    public void HoldBack() => Change(reading => reading with { HeldBackSince = time.GetUtcNow(), HeldBack = reading.HeldBack + 1 });

    /// <summary>The source is read again.</summary>
    public void Release() => Change(reading => reading with { HeldBackSince = null, ReleasedAt = time.GetUtcNow() });

    /// <summary>The bus takes nothing; what is read waits.</summary>
    public void LoseBus() => Change(reading => reading with { BusAwaySince = time.GetUtcNow() });

    /// <summary>The bus takes ticks again.</summary>
    public void FindBus() => Change(static reading => reading with { BusAwaySince = null });

    private void Change(Func<FeedReading, FeedReading> change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _reading, change(_reading));
        }
    }
}

/// <summary>An instrument that is stale.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Since">When it was last heard of.</param>
/// <param name="Limit">Its limit.</param>
internal sealed record SilentName(string Symbol, DateTimeOffset Since, TimeSpan Limit);

/// <summary>A moment of the feed.</summary>
internal sealed record FeedReading
{
    /// <summary>A replay runs.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The line stands.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Why the line does not stand.</summary>
    public string? Reason { get; init; }

    /// <summary>Lines made so far.</summary>
    public long Connections { get; init; }

    /// <summary>Messages that made no sense.</summary>
    public long Garbage { get; init; }

    /// <summary>Since when the source is not read; null while it is.</summary>
    public DateTimeOffset? HeldBackSince { get; init; }

    /// <summary>Since when the bus takes nothing; null while it does.</summary>
    public DateTimeOffset? BusAwaySince { get; init; }

    /// <summary>When it was last read again.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>How often it was not read.</summary>
    public long HeldBack { get; init; }

    /// <summary>Instruments that are stale.</summary>
    public IReadOnlyList<SilentName> Silent { get; init; } = [];
}
