using AITrader.Contracts.Replays;

namespace AITrader.Backend.Status;

/// <summary>How the whole system is doing.</summary>
/// <param name="Status">ok, degraded or halted.</param>
/// <param name="Time">When this was found out.</param>
/// <param name="Mode">live, replay or idle.</param>
/// <param name="Version">Of this gateway.</param>
/// <param name="Services">Each service, Redis and PostgreSQL.</param>
/// <param name="Replay">The latest replay; null where there was none.</param>
/// <param name="Counts">What there is; null where the database does not say.</param>
/// <param name="Account">The account; null before the migrations have run, and where the database does not say.</param>
/// <param name="Streams">Streams and how far their groups are behind.</param>
/// <param name="Leases">Which instance does what only one may do, and who waits for it.</param>
/// <param name="Troubles">What could not be read for this answer, and why: it is missing above.</param>
public sealed record StatusResponse(
    string Status,
    DateTimeOffset Time,
    string Mode,
    string Version,
    IReadOnlyList<ServiceStatus> Services,
    ReplayReport? Replay,
    StatusCounts? Counts,
    AccountStatus? Account,
    IReadOnlyList<StreamStatus> Streams,
    IReadOnlyList<LeaseStatus> Leases,
    IReadOnlyList<string> Troubles
);

/// <summary>A service.</summary>
/// <param name="Name">Resource name.</param>
/// <param name="Status">healthy, unhealthy or unknown.</param>
/// <param name="Detail">What is wrong, or worth knowing.</param>
/// <param name="StartedAt">When its process began: later than before after a restart.</param>
/// <param name="Restarts">How often it was started again after it had ended by itself; null where restarts are not counted.</param>
/// <param name="Instance">Machine and process id.</param>
/// <param name="Version">Of its program.</param>
public sealed record ServiceStatus(
    string Name,
    string Status,
    string? Detail,
    DateTimeOffset? StartedAt = null,
    int? Restarts = null,
    string? Instance = null,
    string? Version = null
);

/// <summary>Row counts.</summary>
public sealed record StatusCounts(long Ticks, long Signals, long Decisions, long Orders, long Fills, long Trades);

/// <summary>The account of the run that is shown, marked at last prices.</summary>
public sealed record AccountStatus(
    string Run,
    string Currency,
    decimal InitialCash,
    decimal Cash,
    decimal Equity,
    decimal RealisedPnl,
    decimal UnrealisedPnl,
    decimal Fees,
    string TradingState,
    string HaltReason
);

/// <summary>What one instance does at a time.</summary>
/// <param name="Name">Service.</param>
/// <param name="Holder">The instance that does it, or did it last.</param>
/// <param name="Token">1 for the first holder, 2 for the next.</param>
/// <param name="Since">When it took over.</param>
/// <param name="IsHeld">Whether it renews its right; otherwise no process does the work now.</param>
/// <param name="Standby">The instance that waits; null where none does.</param>
public sealed record LeaseStatus(string Name, string Holder, long Token, DateTimeOffset Since, bool IsHeld, string? Standby);

/// <summary>A stream.</summary>
public sealed record StreamStatus(string Name, long Length, IReadOnlyList<GroupStatus> Groups);

/// <summary>A group on a stream.</summary>
public sealed record GroupStatus(string Name, long Pending, long? Lag);
