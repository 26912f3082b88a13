namespace AITrader.Contracts;

/// <summary>Stages that publish a watermark in a replay, in the order in which an event passes them.</summary>
public static class ReplayStages
{
    /// <summary>Ticks published by market-data.</summary>
    public const string Published = "published";

    /// <summary>The run's last tick, once it is known that nothing is published after it.</summary>
    public const string Ended = "ended";

    /// <summary>Ticks whose signals are published.</summary>
    public const string Pattern = "pattern";

    /// <summary>Ticks whose signals are decided and whose orders are published.</summary>
    public const string Strategy = "strategy";

    /// <summary>Ticks that were offered to every order caused before them; fills are booked.</summary>
    public const string Execution = "execution";

    /// <summary>Ticks stored in PostgreSQL.</summary>
    public const string Store = "store";
}
