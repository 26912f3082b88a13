namespace AITrader.Cli.Hosting;

/// <summary>Whether a resource does what it is there for.</summary>
internal enum Condition
{
    /// <summary>It runs and says that it is well, or it has done its one task.</summary>
    Healthy,

    /// <summary>It is on its way.</summary>
    Starting,

    /// <summary>It waits to be started by hand.</summary>
    Waiting,

    /// <summary>It runs and is not well.</summary>
    Unhealthy,

    /// <summary>It does not run, and should.</summary>
    Down,
}
