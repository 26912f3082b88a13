using AITrader.Cli.Hosting;

namespace AITrader.Cli.Status;

/// <summary>One resource: what the host says, what it says itself, and what it takes.</summary>
internal sealed record ResourceStatus(
    string Name,
    string Id,
    string Type,
    string State,
    Condition Condition,
    string Problem,
    int? Pid,
    int Restarts,
    IReadOnlyList<Uri> Urls,
    Usage Usage
);
