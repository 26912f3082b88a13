namespace AITrader.Backend.Monitor;

/// <summary>What waits for one client: events in order, and of readings only the newest of each kind. Bounded.</summary>
internal sealed class MonitorQueue(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<MonitorMessage> _events = new();
    private readonly Dictionary<string, MonitorMessage> _readings = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _ready = new(0, 1);
    private bool _isSignalled;

    /// <summary>True from when the client fell too far behind: what came then is lost to it.</summary>
    public bool HasOverflowed { get; private set; }

    public void Add(MonitorMessage message)
    {
        lock (_gate)
        {
            if (message.Key is { } key)
            {
                _readings[key] = message;
            }
            else if (_events.Count < capacity)
            {
                _events.Enqueue(message);
            }
            else
            {
                HasOverflowed = true;
            }

            if (!_isSignalled)
            {
                _isSignalled = true;
                _ready.Release();
            }
        }
    }

    /// <summary>Waits for messages and takes all that are there: events first.</summary>
    public async Task<IReadOnlyList<MonitorMessage>> TakeAsync(CancellationToken ct)
    {
        await _ready.WaitAsync(ct);
        lock (_gate)
        {
            _isSignalled = false;
            MonitorMessage[] taken = [.. _events, .. _readings.Values];
            _events.Clear();
            _readings.Clear();
            return taken;
        }
    }

    public void Dispose() => _ready.Dispose();
}
