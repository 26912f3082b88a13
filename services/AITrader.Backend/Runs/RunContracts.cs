using System.Text.Json;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Trading.Statistics;

namespace AITrader.Backend.Runs;

/// <summary>A run: a live or paper session, a replay or a backtest.</summary>
/// <param name="Id">Its name; live for the live account.</param>
/// <param name="Kind">live, paper, replay or backtest.</param>
/// <param name="State">running, finished, stopped or failed.</param>
/// <param name="Source">What it ran on.</param>
/// <param name="Sha256">Hash of that; empty where it has no content of its own.</param>
/// <param name="Speed">Speed of a replay; null for others.</param>
/// <param name="Note">Why it ended, where it did not come to its end.</param>
/// <param name="StartedAt">Wall clock.</param>
/// <param name="FinishedAt">Wall clock; null while it runs.</param>
/// <param name="Currency">Of its account; null where it has not traded yet, as the amounts.</param>
/// <param name="InitialCash">Cash that it began with.</param>
/// <param name="Cash">Cash now.</param>
/// <param name="Equity">The last point of its equity curve; null before the first.</param>
/// <param name="Fills">Fills that are booked.</param>
public sealed record RunResponse(
    string Id,
    string Kind,
    string State,
    string Source,
    string Sha256,
    string? Speed,
    string? Note,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Currency,
    decimal? InitialCash,
    decimal? Cash,
    decimal? Equity,
    long Fills
)
{
    internal static RunResponse From(RunOverview found)
    {
        var (run, account) = (found.Run, found.Account);
        return new RunResponse(
            RunRow.NameOf(run.Run),
            run.Kind,
            run.State,
            run.Source,
            run.Sha256,
            found.Speed,
            run.Note,
            run.StartedAt,
            run.FinishedAt,
            account?.Currency,
            account?.InitialCash,
            account?.Cash,
            found.Equity,
            found.Trades
        );
    }
}

/// <summary>The account of a run, marked at its last prices.</summary>
public sealed record RunAccount(
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

/// <summary>A run with what it came to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Account">Its account; null where it has not traded yet.</param>
/// <param name="Setup">What else makes its results: strategies with their options, the rule, flags.</param>
/// <param name="Statistics">Its numbers; null where it has not traded yet.</param>
public sealed record RunDetailResponse(RunResponse Run, RunAccount? Account, JsonElement Setup, PerformanceSummary? Statistics);

/// <summary>What an account was worth at a moment.</summary>
public sealed record RunEquityPoint(DateTimeOffset Timestamp, decimal Equity, decimal Cash, decimal GrossExposure)
{
    internal static RunEquityPoint From(EquityRow row) => new(row.Timestamp, row.Equity, row.Cash, row.GrossExposure);
}

/// <summary>The equity curve of a run.</summary>
/// <param name="Id">The run.</param>
/// <param name="Currency">Of the amounts; null where it has not traded yet.</param>
/// <param name="Total">Points that are stored.</param>
/// <param name="Items">Those that are shown, by event time: of many the lowest and the highest of each stretch.</param>
public sealed record RunEquityResponse(string Id, string? Currency, int Total, IReadOnlyList<RunEquityPoint> Items);

/// <summary>A value of several runs, in the order of the runs; null where a run has none.</summary>
public sealed record ComparedValue(string Name, IReadOnlyList<JsonElement> Values);

/// <summary>Runs side by side.</summary>
/// <param name="Runs">The runs, in the order in which they were asked for.</param>
/// <param name="Statistics">Every number.</param>
/// <param name="Differences">What of their setups is not the same.</param>
public sealed record RunComparisonResponse(
    IReadOnlyList<RunResponse> Runs,
    IReadOnlyList<ComparedValue> Statistics,
    IReadOnlyList<ComparedValue> Differences
);

/// <summary>What was asked for a run, delete or store; the worker does it.</summary>
public sealed record RunRequestResponse(string Id, string Requested);
