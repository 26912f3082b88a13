namespace AITrader.Signals.Engine;

/// <summary>Where one thread sleeps until another has something for it: the sleeper looks once more after it said that it will sleep, the
/// other looks after it gave.</summary>
internal sealed class ParkingSpot : IDisposable
{
    private readonly AutoResetEvent _bell = new(false);
    private int _announced;

    /// <summary>Sleeper: says that it will sleep. Look for work once more before <see cref="Sleep"/>, and <see cref="Withdraw"/> where
    /// there is some.</summary>
    internal void Announce()
    {
        Volatile.Write(ref _announced, 1);
        Interlocked.MemoryBarrier(); // The announcement before the last look. Partner: Wake.
    }

    internal void Withdraw() => Volatile.Write(ref _announced, 0);

    /// <summary>Sleeper: sleeps until woken; may wake without reason.</summary>
    internal void Sleep()
    {
        _bell.WaitOne();
        Withdraw();
    }

    /// <summary>The other thread, after it gave work: wakes the sleeper where it announced itself.</summary>
    internal void Wake()
    {
        Interlocked.MemoryBarrier(); // The work before the look at the announcement. Partner: Announce.
        if (Volatile.Read(ref _announced) != 0 && Interlocked.Exchange(ref _announced, 0) != 0)
        {
            _bell.Set();
        }
    }

    public void Dispose() => _bell.Dispose();
}
