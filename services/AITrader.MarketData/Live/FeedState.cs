using System.Collections.Concurrent;

namespace AITrader.MarketData.Live;

/// <summary>The state of the live feed. Safe from any thread.</summary>
internal sealed class FeedState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, InstrumentTally> _instruments = new(StringComparer.Ordinal);
    private long _priced = time.GetTimestamp();
    private long _heard;
    private FeedReading _reading = new();

    public FeedReading Reading => Volatile.Read(ref _reading);

    /// <summary>Since when there is no price; the wall clock may jump, silence does not.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _priced));

    /// <summary>When something was last received, be it a heartbeat.</summary>
    public DateTimeOffset? LastHeard => Volatile.Read(ref _heard) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What came of each instrument.</summary>
    public IEnumerable<InstrumentTally> Instruments => _instruments.Values;

    public void Add(InstrumentTally instrument) => _instruments[instrument.Symbol] = instrument;

    /// <summary>The feed begins, or begins again.</summary>
    public void Begin()
    {
        Priced();
        Change(static reading => reading with { Down = FeedReading.AllDown(reading.Expected, FeedReading.NotYet), Silent = [] });
    }

    /// <summary>The feed has so many connections; none of them is open yet.</summary>
    public void Expect(int connections) =>
        Change(reading => reading with { Expected = connections, Down = FeedReading.AllDown(connections, FeedReading.NotYet) });

    public void Connected(int connection) =>
        Change(reading => reading with { Down = reading.Down.Remove(connection), Connections = reading.Connections + 1 });

    public void Disconnected(string reason, int connection) =>
        Change(reading => reading with { Down = reading.Down.SetItem(connection, reason) });

    /// <summary>No connection is open any more.</summary>
    public void Disconnected(string reason) => Change(reading => reading with { Down = FeedReading.AllDown(reading.Expected, reason) });

    /// <summary>Something was received, be it a heartbeat.</summary>
    public void Heard() => Volatile.Write(ref _heard, time.GetUtcNow().UtcTicks);

    /// <summary>A price came.</summary>
    public void Priced() => Volatile.Write(ref _priced, time.GetTimestamp());

    public void CountGarbage() => Change(static reading => reading with { Garbage = reading.Garbage + 1 });

    /// <summary>Something is left out of the feed, which an operator is to know until <see cref="Settle"/>.</summary>
    /// <param name="about">What it is about; a later notice about it replaces this one.</param>
    /// <param name="text">What is left out, and why.</param>
    public void Notice(string about, string text) => Change(reading => reading with { Notices = reading.Notices.SetItem(about, text) });

    /// <summary>Nothing is left out in this any more.</summary>
    public void Settle(string about) => Change(reading => reading with { Notices = reading.Notices.Remove(about) });

    /// <summary>The stale instruments, now.</summary>
    public void SetSilent(IReadOnlyList<SilentName> silent) => Change(reading => reading with { Silent = silent });

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
