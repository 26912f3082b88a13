using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Reports;

/// <summary>A result with everything that is shown of it.</summary>
/// <param name="Result">The result.</param>
/// <param name="Performance">Its statistics.</param>
/// <param name="Tape">The data that it ran on.</param>
/// <param name="Search">The search that it is the best of; null where it is of none.</param>
public sealed record BacktestReport(BacktestResult Result, PerformanceReport Performance, MarketTape Tape, SearchResult? Search)
{
    /// <summary>Run, options and statistics as one JSON document.</summary>
    public string ToJson() => JsonSerializer.Serialize(Summary(), ReportJson.Default.ReportSummary);

    /// <summary>Writes <c>report.html</c>, <c>summary.json</c>, <c>equity.csv</c>, <c>trades.csv</c> and <c>fills.csv</c>.</summary>
    /// <returns>Path of the page.</returns>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var page = Path.Combine(folder, "report.html");
        File.WriteAllText(page, HtmlReport.Create(Result, Performance, Tape, Search));
        File.WriteAllText(Path.Combine(folder, "summary.json"), ToJson());
        File.WriteAllLines(Path.Combine(folder, "equity.csv"), ["time,equity,cash,exposure", .. Result.Equity.Select(LineOf)]);
        File.WriteAllLines(
            Path.Combine(folder, "fills.csv"),
            ["time,symbol,side,quantity,price,fee,liquidity,order_id", .. Result.Fills.Select(LineOf)]
        );
        const string Trades = "entry_time,exit_time,symbol,side,quantity,entry_price,exit_price,profit,fees,max_adverse,max_favourable";
        File.WriteAllLines(Path.Combine(folder, "trades.csv"), [Trades, .. Result.Trades.Select(LineOf)]);
        return page;
    }

    private static string LineOf(AccountPoint point) => string.Create(null, $"{point.Time:O},{point.Equity},{point.Cash},{point.Exposure}");

    private static string LineOf(Fill fill) =>
        string.Create(
            null,
            $"{fill.Timestamp:O},{fill.Symbol},{fill.Side},{fill.Quantity},{fill.Price},{fill.Fee},{fill.Liquidity},{fill.OrderId}"
        );

    private static string LineOf(ClosedTrade trade) =>
        string.Create(
            null,
            $"{trade.EntryTime:O},{trade.ExitTime:O},{trade.Symbol},{trade.Side},{trade.Quantity},{trade.EntryPrice},{trade.ExitPrice},{trade.Profit},{trade.Fees},{trade.MaxAdverse},{trade.MaxFavourable}"
        );

    private ReportSummary Summary() =>
        new(
            Result.Run,
            Result.Strategy,
            Result.Options,
            Result.Symbols,
            Result.From,
            Result.To,
            Result.Ticks,
            Result.DataHash,
            Result.Currency,
            StatisticsTable.Rows(Result, Performance).ToDictionary(static row => row.Name, static row => row.Value, StringComparer.Ordinal),
            Search?.Trials.Count ?? 1,
            Search?.Overfitting?.Probability,
            Search?.Deflated?.Probability,
            Search?.Doubts ?? []
        );
}

internal sealed record ReportSummary(
    string Run,
    string Strategy,
    IReadOnlyDictionary<string, string> Options,
    IReadOnlyList<string> Symbols,
    DateTimeOffset From,
    DateTimeOffset To,
    long Ticks,
    string DataHash,
    string Currency,
    IReadOnlyDictionary<string, string> Statistics,
    int Trials,
    double? ProbabilityOfOverfitting,
    double? DeflatedSharpe,
    IReadOnlyList<string> Doubts
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ReportSummary))]
internal sealed partial class ReportJson : JsonSerializerContext;
