namespace AITrader.Contracts;

/// <summary>Consumer group names, as redis-cli shows them.</summary>
public static class ConsumerGroups
{
    /// <summary>Those that make the record: tick store, audit trail.</summary>
    public const string Audit = "audit_consumers";

    /// <summary>The pattern engine.</summary>
    public const string Pattern = "pattern_consumers";

    /// <summary>Read-side consumers: the monitor feed of the backend.</summary>
    public const string Analytics = "analytics_consumers";

    /// <summary>The strategy engine.</summary>
    public const string Strategy = "strategy_consumers";

    /// <summary>The strategy engine's hosted strategies; there only where some are hosted.</summary>
    public const string HostedStrategies = "strategy_tick_consumers";

    /// <summary>The execution engine.</summary>
    public const string Execution = "execution_consumers";

    /// <summary>Background workers.</summary>
    public const string Workers = "workers";

    /// <summary>The group whose acknowledgement means that an entry is in PostgreSQL; null where the stream is no record but tells of rows
    /// that are there already.</summary>
    public static string? OfRecord(string stream) => StreamNames.LiveOf(stream) == StreamNames.RawTicks ? Audit : null;
}
