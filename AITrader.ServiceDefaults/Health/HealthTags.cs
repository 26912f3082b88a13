namespace AITrader.ServiceDefaults.Health;

/// <summary>The tags of health checks, which decide what a failed check means.</summary>
public static class HealthTags
{
    /// <summary>/alive: the process itself works. A check with this tag says nothing about dependencies.</summary>
    public const string Live = "live";

    /// <summary>/ready: the service can do its work. Every check without the tag <see cref="Live" /> gets this one.</summary>
    public const string Ready = "ready";
}
