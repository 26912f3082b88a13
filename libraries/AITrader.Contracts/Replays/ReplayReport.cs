namespace AITrader.Contracts.Replays;

/// <summary>Where a replay stands: what market-data answers, the gateway passes on and the monitor shows. JSON names are
/// snake_case.</summary>
/// <param name="State">One of <see cref="ReplayReportStates"/>.</param>
/// <param name="Run">Name of the run; null where there is none.</param>
/// <param name="Source">What was asked for, as one text.</param>
/// <param name="Sources">Files, data sets or the range of the tick store.</param>
/// <param name="Speed">Times real time as text, or max; null where it is not known.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
/// <param name="Round">1, then one more for each time that it began again by itself.</param>
/// <param name="Published">Position in the content of the last published tick.</param>
/// <param name="Total">Ticks in the content; null until known.</param>
/// <param name="Progress">Published / total, 0 to 1.</param>
/// <param name="EventTime">Event time of the last published tick.</param>
/// <param name="From">Event time of the content's first tick.</param>
/// <param name="To">Event time of the content's last tick.</param>
/// <param name="EtaSeconds">Seconds to the last tick at this speed; null while that cannot be said.</param>
/// <param name="LatenessMs">How late ticks of this run were handed to the bus; null at full speed.</param>
/// <param name="Watermarks">How far each stage is; null where the bus does not say.</param>
/// <param name="Error">Why it failed, or where it was stopped.</param>
public sealed record ReplayReport(
    string State,
    string? Run,
    string? Source,
    IReadOnlyList<string> Sources,
    string? Speed,
    bool Loop,
    int Round,
    long Published,
    long? Total,
    double Progress,
    DateTimeOffset? EventTime,
    DateTimeOffset? From,
    DateTimeOffset? To,
    double? EtaSeconds,
    ReplayLateness? LatenessMs,
    IReadOnlyDictionary<string, long>? Watermarks,
    string? Error
)
{
    /// <summary>No replay at all.</summary>
    public static readonly ReplayReport Idle = new(
        ReplayReportStates.Idle,
        Run: null,
        Source: null,
        Sources: [],
        Speed: null,
        Loop: false,
        Round: 0,
        Published: 0,
        Total: null,
        Progress: 0,
        EventTime: null,
        From: null,
        To: null,
        EtaSeconds: null,
        LatenessMs: null,
        Watermarks: null,
        Error: null
    );

    /// <summary>Share of the content that is published.</summary>
    public static double Share(long published, long? total) => total is > 0 ? Math.Clamp((double)published / total.Value, 0, 1) : 0;
}

/// <summary>Lateness in milliseconds: how long after they were due ticks were handed to the bus.</summary>
/// <param name="P50">Half of them were less late.</param>
/// <param name="P99">99 of 100 were less late.</param>
/// <param name="Max">The worst.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Drift">How far the schedule itself is behind: lateness of the most punctual tick of the last whole second that had
/// any.</param>
public sealed record ReplayLateness(double P50, double P99, double Max, double Mean, double Drift);

/// <summary>States of a replay on the wire.</summary>
public static class ReplayReportStates
{
    /// <summary>None is under way, and none has been since the service started.</summary>
    public const string Idle = "idle";

    /// <summary>The content is being read and checked.</summary>
    public const string Loading = "loading";

    /// <summary>Ticks are being published or digested.</summary>
    public const string Running = "running";

    /// <summary>It holds between two ticks.</summary>
    public const string Paused = "paused";

    /// <summary>Nothing more is published; stages digest what was.</summary>
    public const string Stopping = "stopping";

    /// <summary>Every effect of every tick is durable.</summary>
    public const string Finished = "finished";

    /// <summary>It was ended before its end; every effect of what was published is durable.</summary>
    public const string Stopped = "stopped";

    /// <summary>It cannot go on; the error says why.</summary>
    public const string Failed = "failed";

    /// <summary>Whether the market's ticks come from the replay in this state.</summary>
    public static bool IsActive(string state) => state is Loading or Running or Paused or Stopping;
}
