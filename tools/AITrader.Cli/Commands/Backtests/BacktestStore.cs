using System.Text.Json;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Sends a backtest to the running system, which stores it as a run.</summary>
internal sealed class BacktestStore(GatewayConnector gateway)
{
    /// <summary>Asks for the storing.</summary>
    /// <returns>Name of the run.</returns>
    public async Task<string> SendAsync(BacktestReport report, BacktestCommandSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.PostAsync("/api/v1/runs/backtests", BodyOf(report, settings), cancellationToken);
        return report.Result.Run;
    }

    /// <summary>The backtest as the gateway takes it.</summary>
    internal static Dictionary<string, object> BodyOf(BacktestReport report, BacktestCommandSettings settings)
    {
        var result = report.Result;
        return new Dictionary<string, object>
        {
            ["run"] = result.Run,
            ["source"] = string.Join(';', settings.Data.Select(Path.GetFileName)),
            ["sha256"] = result.DataHash,
            ["currency"] = result.Currency,
            ["initial_cash"] = result.StartingCash,
            ["cash"] = result.Equity[^1].Cash,
            ["realised_pnl"] = result.Realised,
            ["fees"] = result.Fees,
            ["setup"] = SetupOf(result, settings),
            ["statistics"] = NumbersOf(PerformanceSummary.Of(report.Performance, result.FinalEquity)),
            ["equity"] = result.Equity.Select(static point => new Dictionary<string, object>
            {
                ["timestamp"] = point.Time,
                ["equity"] = point.Equity,
                ["cash"] = point.Cash,
                ["gross_exposure"] = point.Exposure,
            }),
            ["fills"] = FillsOf(result),
        };
    }

    private static Dictionary<string, object?> SetupOf(BacktestResult result, BacktestCommandSettings settings) =>
        new()
        {
            ["strategies"] = new[]
            {
                new Dictionary<string, object> { ["name"] = result.Strategy, ["options"] = result.Options },
            },
            ["from"] = result.From,
            ["to"] = result.To,
            ["seed"] = settings.Seed,
            ["spread_bps"] = settings.SpreadBps,
            ["latency_ms"] = settings.LatencyMs,
            ["queue"] = settings.Queue,
            ["rejects"] = settings.Rejects,
            ["partials"] = settings.Partials,
        };

    private static JsonElement NumbersOf(PerformanceSummary summary) =>
        JsonSerializer.SerializeToElement(summary, CliJson.Default.PerformanceSummary);

    private static List<Dictionary<string, object>> FillsOf(BacktestResult result)
    {
        var ledger = new AccountLedger(result.StartingCash);
        return
        [
            .. result.Fills.Select(fill => new Dictionary<string, object>
            {
                ["timestamp"] = fill.Timestamp,
                ["symbol"] = fill.Symbol,
                ["side"] = WireNames.Name(fill.Side),
                ["qty"] = fill.Quantity,
                ["price"] = fill.Price,
                ["fees"] = fill.Fee,
                ["pnl"] = ledger.Book(fill),
                ["strategy_tag"] = result.Strategy,
            }),
        ];
    }
}
