namespace AITrader.Storage.Rows;

/// <summary>A run: a live or paper session, a replay or a backtest. What it traded lies in its own account.</summary>
public sealed class RunRow
{
    /// <summary>Name of the live run where people read it; in the tables it is the empty string.</summary>
    public const string LiveName = "live";

    /// <summary>Name of a run where people read it.</summary>
    public static string NameOf(string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Length == 0 ? LiveName : run;
    }

    /// <summary>Its name, as on every message and row of it; empty for the live run.</summary>
    public required string Run { get; set; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>One of <see cref="ReplayStates"/>; the live run is always running.</summary>
    public string State { get; set; } = ReplayStates.Running;

    /// <summary>Feed, files or data set.</summary>
    public string Source { get; set; } = string.Empty;

    /// <summary>SHA-256 of what it ran on, hex; empty where it has no content of its own.</summary>
    public string Sha256 { get; set; } = string.Empty;

    /// <summary>What else makes its results, as a JSON object: strategies with their options, models, flags, seed, speed.</summary>
    public string Setup { get; set; } = "{}";

    /// <summary>Why it ended, where it did not come to its end.</summary>
    public string? Note { get; set; }

    /// <summary>Statistics as a JSON object, for runs whose trades are not booked here as they happen; null for the others, whose are
    /// computed from what is booked.</summary>
    public string? Statistics { get; set; }

    /// <summary>Wall clock of the start.</summary>
    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Wall clock of the end; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Since when it is to be deleted; null where it is kept.</summary>
    public DateTimeOffset? DeleteAskedAt { get; set; }
}

/// <summary>Kinds of runs.</summary>
public static class RunKinds
{
    /// <summary>Live market, orders to a broker.</summary>
    public const string Live = "live";

    /// <summary>Live market, orders to the simulator.</summary>
    public const string Paper = "paper";

    /// <summary>Recorded market, orders to the simulator, through the running system.</summary>
    public const string Replay = "replay";

    /// <summary>Recorded market, in one process.</summary>
    public const string Backtest = "backtest";
}

/// <summary>What an account was worth at a moment of its run.</summary>
public sealed class EquityRow
{
    /// <summary>The account.</summary>
    public required int AccountId { get; set; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Cash, in the account's currency.</summary>
    public required decimal Cash { get; set; }

    /// <summary>Cash and positions at their marks, in the account's currency.</summary>
    public required decimal Equity { get; set; }

    /// <summary>Positions at their marks without their sign, in the account's currency.</summary>
    public required decimal GrossExposure { get; set; }
}
