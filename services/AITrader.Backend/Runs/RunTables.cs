using System.Diagnostics;
using AITrader.Backend.Data;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Runs;

/// <summary>What of a run is exported, and its columns.</summary>
internal static class RunTables
{
    private const string Trades = "trades";
    private const string Equity = "equity";
    private const string Signals = "signals";
    private const string Orders = "orders";

    private static readonly ExportTable<TradeRow> TradeTable = new(
        new IntegerColumn<TradeRow>("trade_id", static row => row.TradeId),
        new TimeColumn<TradeRow>("timestamp", static row => row.Timestamp),
        new TextColumn<TradeRow>("symbol", static row => row.Symbol),
        new TextColumn<TradeRow>("side", static row => WireNames.Name(row.Side)),
        new DecimalColumn<TradeRow>("qty", static row => row.Quantity),
        new DecimalColumn<TradeRow>("price", static row => row.Price),
        new DecimalColumn<TradeRow>("fees", static row => row.Fees),
        new DecimalColumn<TradeRow>("pnl", static row => row.Pnl),
        new TextColumn<TradeRow>("strategy_tag", static row => row.StrategyTag ?? string.Empty),
        new TextColumn<TradeRow>("notes", static row => row.Notes ?? string.Empty)
    );

    private static readonly ExportTable<EquityRow> EquityTable = new(
        new TimeColumn<EquityRow>("timestamp", static row => row.Timestamp),
        new DecimalColumn<EquityRow>("equity", static row => row.Equity),
        new DecimalColumn<EquityRow>("cash", static row => row.Cash),
        new DecimalColumn<EquityRow>("gross_exposure", static row => row.GrossExposure)
    );

    private static readonly ExportTable<OrderRow> OrderTable = new(
        new TextColumn<OrderRow>("id", static row => row.Id.ToString()),
        new TimeColumn<OrderRow>("timestamp", static row => row.EventTime),
        new TextColumn<OrderRow>("symbol", static row => row.Symbol),
        new TextColumn<OrderRow>("side", static row => WireNames.Name(row.Side)),
        new TextColumn<OrderRow>("type", static row => row.Type),
        new TextColumn<OrderRow>("tif", static row => row.TimeInForce),
        new DecimalColumn<OrderRow>("qty", static row => row.Quantity),
        new OptionalDecimalColumn<OrderRow>("price", static row => row.Price),
        new TextColumn<OrderRow>("status", static row => row.Status),
        new DecimalColumn<OrderRow>("filled_qty", static row => row.FilledQuantity),
        new OptionalDecimalColumn<OrderRow>("average_price", static row => row.AveragePrice),
        new OptionalDecimalColumn<OrderRow>("reference_price", static row => row.ReferencePrice),
        new TextColumn<OrderRow>("strategy_tag", static row => row.Origin),
        new TextColumn<OrderRow>("reason", static row => row.Reason),
        new IntegerColumn<OrderRow>("seq", static row => row.Seq)
    );

    private static readonly ExportTable<SignalRow> SignalTable = new(
        new TextColumn<SignalRow>("id", static row => row.Id.ToString()),
        new TimeColumn<SignalRow>("timestamp", static row => row.Timestamp),
        new TextColumn<SignalRow>("symbol", static row => row.Symbol),
        new TextColumn<SignalRow>("pattern", static row => row.Pattern),
        new TextColumn<SignalRow>("direction", static row => row.Direction == SignalDirection.Bullish ? "BULLISH" : "BEARISH"),
        new RealColumn<SignalRow>("score", static row => row.Score),
        new DecimalColumn<SignalRow>("price", static row => row.Price),
        new TextColumn<SignalRow>("tick_id", static row => row.TickId),
        new IntegerColumn<SignalRow>("seq", static row => row.Seq)
    );

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } = [Trades, Equity, Signals, Orders];

    public static Task WriteCsvAsync(RunQueries runs, string run, string table, Stream target, CancellationToken ct) =>
        table switch
        {
            Trades => TradeTable.WriteCsvAsync(runs.TradesAsync(run, ct), target, ct),
            Equity => EquityTable.WriteCsvAsync(runs.EquityAsync(run, ct), target, ct),
            Signals => SignalTable.WriteCsvAsync(runs.SignalsAsync(run, ct), target, ct),
            Orders => OrderTable.WriteCsvAsync(runs.OrdersAsync(run, ct), target, ct),
            _ => throw new UnreachableException(),
        };

    public static Task WriteParquetAsync(RunQueries runs, string run, string table, Stream target, CancellationToken ct) =>
        table switch
        {
            Trades => TradeTable.WriteParquetAsync(runs.TradesAsync(run, ct), target, ct),
            Equity => EquityTable.WriteParquetAsync(runs.EquityAsync(run, ct), target, ct),
            Signals => SignalTable.WriteParquetAsync(runs.SignalsAsync(run, ct), target, ct),
            Orders => OrderTable.WriteParquetAsync(runs.OrdersAsync(run, ct), target, ct),
            _ => throw new UnreachableException(),
        };
}
