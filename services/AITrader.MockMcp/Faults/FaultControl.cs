namespace AITrader.MockMcp.Faults;

/// <summary>Holds the faults that were requested for testing. Safe from any thread.</summary>
internal sealed class FaultControl(TimeProvider clock)
{
    /// <summary>In place of a status: 502 as a page of a proxy, which is no JSON.</summary>
    public const int ProxyPage = -502;

    private readonly Lock _gate = new();
    private int _refusalStatus;
    private int _refusals;
    private bool _onlyOrders;
    private DateTimeOffset _silentUntil;

    /// <summary>Number of requests to drop the connections of the ticker.</summary>
    public int Drops { get; private set; }

    /// <summary>Number of requests to send a damaged frame.</summary>
    public int Garbage { get; private set; }

    /// <summary>Whether the ticker keeps its connections open and sends nothing, not even a heartbeat.</summary>
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

    /// <summary>Refuses the next signed requests.</summary>
    /// <param name="status">HTTP status, or <see cref="ProxyPage"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="onlyOrders">Whether only requests that place, change or cancel orders are refused.</param>
    public void Refuse(int status, int count, bool onlyOrders)
    {
        lock (_gate)
        {
            (_refusalStatus, _refusals, _onlyOrders) = (status, count, onlyOrders);
        }
    }

    /// <summary>Returns the status with which to refuse a request; null where the request may pass.</summary>
    public int? TakeRefusal(bool isOrder)
    {
        lock (_gate)
        {
            if (_refusals == 0 || (_onlyOrders && !isOrder))
            {
                return null;
            }

            _refusals--;
            return _refusalStatus;
        }
    }
}
