namespace AITrader.MockMcp.Faults;

/// <summary>What shall go wrong, on order. Safe from any thread.</summary>
internal sealed class FaultControl(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _refusalStatus;
    private int _refusals;
    private DateTimeOffset _silentUntil;

    /// <summary>Counts orders to drop the ticker's lines.</summary>
    public int Drops { get; private set; }

    /// <summary>Counts orders to send a damaged frame.</summary>
    public int Garbage { get; private set; }

    /// <summary>Whether the ticker keeps its lines open and says nothing, not even a heartbeat.</summary>
    public bool IsSilent
    {
        get
        {
            lock (_gate)
            {
                return clock.GetUtcNow() < _silentUntil;
            }
        }
    }

    public void Drop()
    {
        lock (_gate)
        {
            Drops++;
        }
    }

    public void SendGarbage()
    {
        lock (_gate)
        {
            Garbage++;
        }
    }

    public void Silence(TimeSpan time)
    {
        lock (_gate)
        {
            _silentUntil = clock.GetUtcNow() + time;
        }
    }

    /// <summary>The next so many signed requests are refused.</summary>
    public void Refuse(int status, int count)
    {
        lock (_gate)
        {
            (_refusalStatus, _refusals) = (status, count);
        }
    }

    /// <summary>The status to refuse a request with; null where it may pass.</summary>
    public int? TakeRefusal()
    {
        lock (_gate)
        {
            if (_refusals == 0)
            {
                return null;
            }

            _refusals--;
            return _refusalStatus;
        }
    }
}
