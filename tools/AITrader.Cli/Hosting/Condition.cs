namespace AITrader.Cli.Hosting;

/// <summary>The health of a resource.</summary>
internal enum Condition
{
    /// <summary>The resource runs and is healthy, or it has finished its one task.</summary>
    Healthy,

    /// <summary>The resource is starting.</summary>
    Starting,

    /// <summary>The resource waits to be started by hand.</summary>
    Waiting,

    /// <summary>The resource runs and a health check of it fails.</summary>
    Unhealthy,

    /// <summary>The resource does not run, and should.</summary>
    Down,
}
