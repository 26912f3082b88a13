using AITrader.Domain.Ticks;

namespace AITrader.Backend.Monitor;

/// <summary>The newest tick of each symbol in each run, and whether it has been published.</summary>
internal sealed class LatestTicks : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Run, string Symbol), Tick> _fresh = [];
    private readonly SemaphoreSlim _ready = new(0, 1);
    private long _count;

    /// <summary>Ticks seen so far; a change means that there are new ones.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Put(IEnumerable<Tick> ticks)
    {
        lock (_gate)
        {
            var wasEmpty = _fresh.Count == 0;
            foreach (var tick in ticks)
            {
                _fresh[(tick.Run, tick.Symbol)] = tick;
                _count++;
            }

            if (wasEmpty && _fresh.Count > 0)
            {
                _ready.Release();
            }
        }
    }

    /// <summary>Waits for ticks, and takes the newest of each symbol in each run.</summary>
    public async Task<IReadOnlyList<Tick>> TakeAsync(CancellationToken ct)
    {
        await _ready.WaitAsync(ct);
        lock (_gate)
        {
            Tick[] taken = [.. _fresh.Values];
            _fresh.Clear();
            return taken;
        }
    }

    public void Dispose() => _ready.Dispose();
}
