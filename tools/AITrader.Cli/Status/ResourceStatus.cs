using AITrader.Cli.Hosting;

namespace AITrader.Cli.Status;

/// <summary>The state of one resource, from the host and from its own answer, and its use of memory and processor.</summary>
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
