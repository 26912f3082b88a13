namespace AITrader.SentimentEngine.Fetching;

/// <summary>Keeps requests to one host apart. Safe from any thread.</summary>
internal sealed class HostPace(TimeSpan interval, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _free = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for the host's next turn, and takes it.</summary>
    public async Task WaitAsync(string host, CancellationToken ct)
    {
        var wait = Take(host);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>How long the host wants to be left alone; zero where it may be asked.</summary>
    public TimeSpan PauseOf(string host)
    {
        lock (_gate)
        {
            var left = _free.GetValueOrDefault(host) - time.GetUtcNow();
            return left > interval ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Leaves a host alone for a while, whichever source would ask it.</summary>
    public void Pause(string host, TimeSpan pause)
    {
        lock (_gate)
        {
            var until = time.GetUtcNow() + pause;
            _free[host] = until > _free.GetValueOrDefault(host) ? until : _free[host];
        }
    }

    private TimeSpan Take(string host)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = _free.GetValueOrDefault(host) > now ? _free[host] : now;
            _free[host] = turn + interval;
            return turn - now;
        }
    }
}
