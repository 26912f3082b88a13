using System.Collections.Concurrent;
using AITrader.Contracts.Strategies;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Where the loop shows what it hosts, and where it is asked to load anew.</summary>
internal sealed class HostedBoard
{
    private readonly ConcurrentDictionary<string, StrategyReport> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _reloads = new();

    /// <summary>What is known of a strategy; null before anything is.</summary>
    public StrategyReport? Find(string name) => _reports.GetValueOrDefault(name);

    /// <summary>Shows a strategy.</summary>
    public void Show(StrategyReport report) => _reports[report.Name] = report;

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
                is { State: StrategyStates.Running or StrategyStates.CatchingUp or StrategyStates.Waiting or StrategyStates.Stopped } old
                ? old with
                {
                    Reason = $"the newest version is not loaded: {reason}",
                }
                : Of(hosted, StrategyStates.NotLoaded) with
                {
                    Reason = reason,
                }
        );
    }

    /// <summary>Says that a strategy was loaded.</summary>
    public void Loaded(string name) => _problems.TryRemove(name, out _);

    /// <summary>What is told of a strategy of which nothing is known yet.</summary>
    public static StrategyReport Of(HostedStrategyOptions hosted, string state) =>
        new()
        {
            Name = hosted.Name,
            Source = hosted.Source,
            State = state,
            Mode = hosted.Mode,
            Capital = hosted.Capital,
            Budget = hosted.Budget,
        };

    private StrategyReport ReportOf(HostedSession session, HostedStrategy one)
    {
        var (account, ledger) = (one.Account, one.Account.Ledger);
        var state =
            one.Failure is not null ? StrategyStates.Stopped
            : session.IsCatchingUp ? StrategyStates.CatchingUp
            : one.Now is null ? StrategyStates.Waiting
            : StrategyStates.Running;
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
                    .Select(static position => new StrategyPosition(position.Symbol, position.Quantity, position.AveragePrice)),
            ],
        };
    }

    /// <summary>Asks for a strategy to be loaded anew.</summary>
    public void AskReload(string name) => _reloads.Enqueue(name);

    /// <summary>The next strategy that is to be loaded anew.</summary>
    public bool TryTakeReload(out string name) => _reloads.TryDequeue(out name!);
}
