using System.Text.Json;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Sends a backtest to the running system, which stores it as a run.</summary>
internal sealed class BacktestStore(GatewayConnector gateway)
{
    /// <summary>Asks for the storing.</summary>
    /// <param name="report">The backtest.</param>
    /// <param name="settings">What it was run with.</param>
    /// <param name="search">The search that it is a trial of; null where it is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Name of the run.</returns>
    public async Task<string> SendAsync(
        BacktestReport report,
        BacktestCommandSettings settings,
        IReadOnlyDictionary<string, object?>? search,
        CancellationToken cancellationToken
    )
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.PostAsync("/api/v1/runs/backtests", BodyOf(report, settings, search), cancellationToken);
        return report.Result.Run;
    }

    /// <summary>The backtest as the gateway takes it.</summary>
    internal static Dictionary<string, object> BodyOf(
        BacktestReport report,
        BacktestCommandSettings settings,
        IReadOnlyDictionary<string, object?>? search
    )
    {
        var result = report.Result;
        return new Dictionary<string, object>
        {
            ["run"] = result.Run,
            ["source"] = string.Join(';', settings.Data.Select(Path.GetFileName)),
            ["sha256"] = report.Tape.Hash,
            ["currency"] = result.Currency,
            ["initial_cash"] = result.StartingCash,
            ["cash"] = result.Equity[^1].Cash,
            ["realised_pnl"] = result.Realised,
            ["fees"] = result.Fees,
            ["setup"] = SetupOf(result, settings, search),
            ["statistics"] = NumbersOf(PerformanceSummary.Of(report.Performance, result.FinalEquity)),
            ["equity"] = result.Equity.Select(static point => new Dictionary<string, object>
            {
                ["timestamp"] = point.Time,
                ["equity"] = point.Equity,
                ["cash"] = point.Cash,
                ["gross_exposure"] = point.Exposure,
            }),
            ["fills"] = FillsOf(result),
            ["orders"] = result.Orders.Select(OrderOf),
            ["signals"] = result.Signals.Select(SignalOf),
        };
    }

    private static Dictionary<string, object?> SetupOf(
        BacktestResult result,
        BacktestCommandSettings settings,
        IReadOnlyDictionary<string, object?>? search
    )
    {
        var setup = new Dictionary<string, object?>
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
        if (search is not null)
        {
            setup["search"] = search;
        }

        return setup;
    }

    private static JsonElement NumbersOf(PerformanceSummary summary) =>
        JsonSerializer.SerializeToElement(summary, CliJson.Default.PerformanceSummary);

    // What still works when the data ends has expired with it: no broker has it.
    private static Dictionary<string, object?> OrderOf(Order order) =>
        new()
        {
            ["id"] = order.Id,
            ["timestamp"] = order.Request.EventTime,
            ["symbol"] = order.Request.Symbol,
            ["side"] = WireNames.Name(order.Request.Side),
            ["type"] = WireNames.Name(order.Request.Type),
            ["tif"] = WireNames.Name(order.Request.TimeInForce),
            ["qty"] = order.Request.Quantity,
            ["price"] = order.Request.LimitPrice,
            ["status"] = WireNames.Name(order.State.IsTerminal ? order.State.Status : OrderStatus.Expired),
            ["reason"] = order.State.IsTerminal ? order.Reason : "the data ended",
            ["filled_qty"] = order.Filled,
            ["average_price"] = order.AveragePrice,
            ["reference_price"] = order.Reference,
            ["tag"] = order.Request.Origin,
            ["seq"] = order.Request.Seq,
        };

    private static Dictionary<string, object> SignalOf(Signal signal) =>
        new()
        {
            ["id"] = signal.Id,
            ["timestamp"] = signal.Timestamp,
            ["symbol"] = signal.Symbol,
            ["pattern"] = signal.Pattern,
            ["direction"] = signal.Direction == SignalDirection.Bullish ? "BULLISH" : "BEARISH",
            ["score"] = signal.Score,
            ["price"] = signal.Price,
            ["tick_id"] = signal.TickId,
            ["seq"] = signal.Seq,
        };

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
