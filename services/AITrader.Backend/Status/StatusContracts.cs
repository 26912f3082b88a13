namespace AITrader.Backend.Status;

/// <summary>How the whole system is doing.</summary>
/// <param name="Status">ok, degraded or halted.</param>
/// <param name="Time">When this was found out.</param>
/// <param name="Mode">live, replay or idle.</param>
/// <param name="Version">Of this gateway.</param>
/// <param name="Services">Each service, Redis and PostgreSQL.</param>
/// <param name="Replay">The latest replay; null where there was none.</param>
/// <param name="Counts">What there is.</param>
/// <param name="Account">The account; null before the migrations have run.</param>
/// <param name="Streams">Streams and how far their groups are behind.</param>
public sealed record StatusResponse(
    string Status, DateTimeOffset Time, string Mode, string Version, IReadOnlyList<ServiceStatus> Services, ReplayStatus? Replay,
    StatusCounts Counts, AccountStatus? Account, IReadOnlyList<StreamStatus> Streams);

/// <summary>A service.</summary>
/// <param name="Name">Resource name.</param>
/// <param name="Status">healthy, unhealthy or unknown.</param>
/// <param name="Detail">What is wrong, or worth knowing.</param>
public sealed record ServiceStatus(string Name, string Status, string? Detail);

/// <summary>A replay.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Source">File or data set.</param>
/// <param name="Speed">Times real time, or max; null where market-data does not say.</param>
/// <param name="State">running, finished or failed.</param>
/// <param name="Published">Ticks published.</param>
/// <param name="Total">Ticks in it; null until known.</param>
/// <param name="EventTime">Event time of the newest tick.</param>
/// <param name="Watermarks">How far each stage is.</param>
/// <param name="Error">What made it fail.</param>
public sealed record ReplayStatus(
    string Run, string Source, string? Speed, string State, long Published, long? Total, DateTimeOffset? EventTime,
    IReadOnlyDictionary<string, long>? Watermarks, string? Error);

/// <summary>Row counts.</summary>
public sealed record StatusCounts(long Ticks, long Signals, long Decisions, long Orders, long Fills, long Trades);

/// <summary>The account, marked at last prices.</summary>
public sealed record AccountStatus(
    string Currency, decimal InitialCash, decimal Cash, decimal Equity, decimal RealisedPnl, decimal UnrealisedPnl, decimal Fees,
    string TradingState, string HaltReason);

/// <summary>A stream.</summary>
public sealed record StreamStatus(string Name, long Length, IReadOnlyList<GroupStatus> Groups);

/// <summary>A group on a stream.</summary>
public sealed record GroupStatus(string Name, long Pending, long? Lag);
