using System.Text.Json;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Trading.Statistics;

namespace AITrader.Backend.Runs;

/// <summary>Reads runs with their accounts and numbers.</summary>
internal sealed class RunReader(RunQueries runs, TimeProvider time)
{
    private static readonly JsonSerializerOptions Stored = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The run as the tables name it.</summary>
    public static string KeyOf(string id) => id == RunRow.LiveName ? string.Empty : id;

    /// <summary>The run; null where there is none, or it is to be deleted.</summary>
    public Task<RunOverview?> FindAsync(string id, CancellationToken ct) => runs.FindAsync(KeyOf(id), ct);

    /// <summary>The run with account, setup and numbers; null where there is none.</summary>
    public async Task<RunDetailResponse?> ReadAsync(string id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
        {
            return null;
        }

        var history = await runs.HistoryAsync(found.Run.Run, ct);
        var statistics = found.Run.Statistics is { } stored
            ? JsonSerializer.Deserialize<PerformanceSummary>(stored, Stored)
            : RunStatistics.Of(history, TimeOf(found.Run, history));
        return new RunDetailResponse(
            RunResponse.From(found),
            history.Account is { } account ? AccountOf(account, WorthOf(account, history, found.Run, statistics)) : null,
            JsonElement.Parse(found.Run.Setup),
            statistics
        );
    }

    // Positions of a backtest are not stored: its last equity says what they are worth.
    private static (decimal Equity, decimal Unrealised) WorthOf(
        AccountRow account,
        RunHistory history,
        RunRow run,
        PerformanceSummary? statistics
    ) =>
        run.Statistics is not null && statistics?.FinalEquity is { } equity
            ? (equity, equity - account.InitialCash - account.RealisedPnl + account.Fees)
            : (RunStatistics.EquityOf(account, history.Positions), RunStatistics.UnrealisedOf(history.Positions));

    private static RunAccount AccountOf(AccountRow account, (decimal Equity, decimal Unrealised) worth) =>
        new(
            account.Currency,
            account.InitialCash,
            account.Cash,
            worth.Equity,
            account.RealisedPnl,
            worth.Unrealised,
            account.Fees,
            account.TradingState,
            account.HaltReason
        );

    // The clock of a live run is the wall's; that of a replay stands where its last tick was.
    private DateTimeOffset TimeOf(RunRow run, RunHistory history)
    {
        if (run.Run.Length == 0)
        {
            return time.GetUtcNow();
        }

        var point = history.Points is [.., var last] ? last.Timestamp : run.StartedAt;
        return history.Executions is [.., var fill] && (fill.Execution.Timestamp > point || history.Points.Count == 0)
            ? fill.Execution.Timestamp
            : point;
    }
}
