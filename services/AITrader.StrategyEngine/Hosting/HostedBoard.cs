using System.Collections.Concurrent;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>What is told of one hosted strategy.</summary>
internal sealed record HostedReport
{
    public required string Name { get; init; }

    public required string Source { get; init; }

    /// <summary>waiting (for its first tick), catching_up, running, stopped (it failed), not_loaded or disabled.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not run, or why the newest version of it does not; null where all is well.</summary>
    public string? Reason { get; init; }

    public string? Version { get; init; }

    /// <summary>Replay; empty when live; null before the first tick.</summary>
    public string? Run { get; init; }

    /// <summary>Whether it did over again exactly what it had done before it was started; false where it had been changed.</summary>
    public bool IsExact { get; init; } = true;

    public DateTimeOffset? EventTime { get; init; }

    public required decimal Capital { get; init; }

    public required decimal Budget { get; init; }

    public decimal? Equity { get; init; }

    public decimal? Realised { get; init; }

    public decimal? Fees { get; init; }

    /// <summary>Orders placed in this run, those that were denied included.</summary>
    public int Orders { get; init; }

    public int Working { get; init; }

    public IReadOnlyList<HostedPosition> Positions { get; init; } = [];

    public bool IsWell =>
        State is HostedStates.Waiting or HostedStates.CatchingUp or HostedStates.Running or HostedStates.Disabled && Reason is null;
}

internal sealed record HostedPosition(string Symbol, decimal Quantity, decimal AveragePrice);

internal static class HostedStates
{
    public const string Waiting = "waiting";
    public const string CatchingUp = "catching_up";
    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string NotLoaded = "not_loaded";
    public const string Disabled = "disabled";
}

/// <summary>Where the loop shows what it hosts, and where it is asked to load anew.</summary>
internal sealed class HostedBoard
{
    private readonly ConcurrentDictionary<string, HostedReport> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _reloads = new();

    /// <summary>What is known of a strategy; null before anything is.</summary>
    public HostedReport? Find(string name) => _reports.GetValueOrDefault(name);

    /// <summary>Shows a strategy.</summary>
    public void Show(HostedReport report) => _reports[report.Name] = report;

    /// <summary>Shows the strategies of a session.</summary>
    public void Show(HostedSession session)
    {
        foreach (var one in session.Strategies)
        {
            Show(ReportOf(session, one));
        }
    }

    /// <summary>Shows that a strategy, or its newest version, could not be loaded.</summary>
    public void Failed(HostedStrategyOptions hosted, string reason)
    {
        _problems[hosted.Name] = reason;
        Show(
            Find(hosted.Name)
                is { State: HostedStates.Running or HostedStates.CatchingUp or HostedStates.Waiting or HostedStates.Stopped } old
                ? old with
                {
                    Reason = $"the newest version is not loaded: {reason}",
                }
                : Of(hosted, HostedStates.NotLoaded) with
                {
                    Reason = reason,
                }
        );
    }

    /// <summary>Says that a strategy was loaded.</summary>
    public void Loaded(string name) => _problems.TryRemove(name, out _);

    /// <summary>What is told of a strategy of which nothing is known yet.</summary>
    public static HostedReport Of(HostedStrategyOptions hosted, string state) =>
        new()
        {
            Name = hosted.Name,
            Source = hosted.Source,
            State = state,
            Capital = hosted.Capital,
            Budget = hosted.Budget,
        };

    private HostedReport ReportOf(HostedSession session, HostedStrategy one)
    {
        var (account, ledger) = (one.Account, one.Account.Ledger);
        var state =
            one.Failure is not null ? HostedStates.Stopped
            : session.IsCatchingUp ? HostedStates.CatchingUp
            : one.Now is null ? HostedStates.Waiting
            : HostedStates.Running;
        return Of(one.Options, state) with
        {
            Reason = one.Failure
                ?? (_problems.TryGetValue(one.Name, out var problem) ? $"the newest version is not loaded: {problem}" : null),
            Version = one.Version,
            Run = session.Run.Name,
            IsExact = !account.HasDeparted,
            EventTime = one.Now,
            Equity = account.Portfolio.Equity,
            Realised = ledger.Realised,
            Fees = ledger.Fees,
            Orders = account.Placed,
            Working = account.Portfolio.Working.Count,
            Positions =
            [
                .. ledger
                    .Positions.Values.Where(static position => position.Quantity != 0m)
                    .Select(static position => new HostedPosition(position.Symbol, position.Quantity, position.AveragePrice)),
            ],
        };
    }

    /// <summary>Asks for a strategy to be loaded anew.</summary>
    public void AskReload(string name) => _reloads.Enqueue(name);

    /// <summary>The next strategy that is to be loaded anew.</summary>
    public bool TryTakeReload(out string name) => _reloads.TryDequeue(out name!);
}
