namespace AITrader.Hosting.Restarts;

/// <summary>When a resource that ended is started again, and when it is left down.</summary>
/// <remarks>One resource's; not safe for use by several threads.</remarks>
internal sealed class RestartPolicy
{
    /// <summary>So many failures within <see cref="Window" /> are one too many.</summary>
    public const int MaxFailures = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // One for each failure of a window but the last.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromMilliseconds(250),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(4),
        TimeSpan.FromSeconds(4),
    ];

    private readonly Queue<DateTimeOffset> _failures = new();

    /// <summary>How often the resource was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>True from the last failure of a minute with too many, until somebody starts the resource by hand.</summary>
    public bool IsLeftDown { get; private set; }

    /// <summary>Counts a failure.</summary>
    /// <returns>How long to wait before the next start; null where the resource is left down.</returns>
    public TimeSpan? Fail(DateTimeOffset now)
    {
        while (_failures.TryPeek(out var first) && now - first >= Window)
        {
            _failures.Dequeue();
        }

        _failures.Enqueue(now);
        if (_failures.Count >= MaxFailures)
        {
            IsLeftDown = true;
            return null;
        }

        Restarts++;
        return Delays[_failures.Count - 1];
    }

    /// <summary>Somebody started the resource by hand: the minute begins anew.</summary>
    public void Reset()
    {
        _failures.Clear();
        IsLeftDown = false;
    }
}
