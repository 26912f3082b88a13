namespace AITrader.Cli.Hosting;

/// <summary>How far the resources have started, by the updates of the host.</summary>
internal sealed class StartProgress(TimeProvider time)
{
    // The host's supervisor starts again what crashed after four seconds at most; what is down for longer stays down.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<string, long> _downSince = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private IReadOnlyList<ResourceView> _resources = [];

    /// <summary>The time since the waiting began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    public IReadOnlyList<ResourceView> Resources
    {
        get
        {
            lock (_gate)
            {
                return _resources;
            }
        }
    }

    /// <summary>Whether every resource is healthy, has finished its one task, or waits to be started by hand.</summary>
    public bool IsReady =>
        Resources is { Count: > 0 } all && all.All(static resource => resource.Condition is Condition.Healthy or Condition.Waiting);

    /// <summary>A resource that will not be started again; null where there is none.</summary>
    public ResourceView? Failed
    {
        get
        {
            lock (_gate)
            {
                return _resources.FirstOrDefault(resource =>
                    resource.IsLeftDown || (_downSince.TryGetValue(resource.Id, out var since) && time.GetElapsedTime(since) > Grace)
                );
            }
        }
    }

    /// <summary>The resources that are not healthy yet, with their problems.</summary>
    public string NotReady =>
        string.Join(
            ", ",
            Resources
                .Where(static resource => resource.Condition is not (Condition.Healthy or Condition.Waiting))
                .Select(static resource =>
                    resource.Problem.Length > 0
                        ? $"{resource.Name} ({resource.Problem})"
                        : $"{resource.Name} ({resource.State.ToLowerInvariant()})"
                )
        );

    /// <summary>Takes in an update of the host.</summary>
    public void Update(IReadOnlyList<ResourceView> resources)
    {
        lock (_gate)
        {
            _resources = resources;
            foreach (var resource in resources)
            {
                if (resource.Condition != Condition.Down)
                {
                    _downSince.Remove(resource.Id);
                }
                else
                {
                    _downSince.TryAdd(resource.Id, time.GetTimestamp());
                }
            }
        }
    }
}
