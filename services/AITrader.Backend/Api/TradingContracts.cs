using System.Text.Json;
using AITrader.Backend.Orders;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Api;

/// <summary>A signal, with what it rests on and the decision that it led to; null while it has none.</summary>
public sealed record SignalResponse(
    Guid Id,
    string Symbol,
    double Score,
    DateTimeOffset Timestamp,
    string Pattern,
    string Direction,
    decimal Price,
    string TickId,
    long Seq,
    string Run,
    Guid? DecisionId,
    string? Action,
    string? Family,
    double? HorizonSeconds,
    IReadOnlyDictionary<string, double> Evidence
)
{
    internal static SignalResponse From(SignalRow row, Guid? decision, string? action)
    {
        var (family, horizon, evidence) = SignalDetail.Of(row.Pattern, row.Features);
        return new SignalResponse(
            row.Id,
            row.Symbol,
            row.Score,
            row.Timestamp,
            row.Pattern,
            ApiNames.Of(row.Direction),
            row.Price,
            row.TickId,
            row.Seq,
            row.Run,
            decision,
            action,
            family,
            horizon,
            evidence
        );
    }

    internal static SignalResponse From(DecidedSignal decided) => From(decided.Signal, decided.DecisionId, decided.Action);

    internal static SignalResponse From(Signal signal)
    {
        var (family, horizon, evidence) = SignalDetail.Of(signal);
        return new SignalResponse(
            signal.Id,
            signal.Symbol,
            signal.Score,
            signal.Timestamp,
            signal.Pattern,
            ApiNames.Of(signal.Direction),
            signal.Price,
            signal.TickId,
            signal.Seq,
            signal.Run,
            DecisionId: null,
            Action: null,
            family,
            horizon,
            evidence
        );
    }
}

/// <summary>An order.</summary>
public sealed record OrderResponse(
    Guid Id,
    Guid ClientOrderId,
    Guid? DecisionId,
    string Symbol,
    string Side,
    string Type,
    string Tif,
    decimal Qty,
    decimal? Price,
    JsonElement? Conditions,
    decimal FilledQty,
    decimal? AveragePrice,
    string Status,
    string Reason,
    string Origin,
    string Run,
    DateTimeOffset EventTime,
    DateTimeOffset UpdatedAt
)
{
    internal static OrderResponse From(OrderRow row) =>
        new(
            row.Id,
            row.ClientOrderId,
            row.DecisionId,
            row.Symbol,
            WireNames.Name(row.Side),
            row.Type,
            row.TimeInForce,
            row.Quantity,
            row.Price,
            OrderTerms.ConditionsOf(row),
            row.FilledQuantity,
            row.AveragePrice,
            row.Status,
            row.Reason,
            row.Origin,
            row.Run,
            row.EventTime,
            row.UpdatedAt
        );
}

/// <summary>A state that an order entered.</summary>
public sealed record OrderEventResponse(
    string Status,
    string Reason,
    decimal? Qty,
    decimal? Price,
    DateTimeOffset Timestamp,
    long Seq,
    DateTimeOffset RecordedAt
)
{
    internal static OrderEventResponse From(OrderEventRow row) =>
        new(row.Status, row.Reason, row.Quantity, row.Price, row.Timestamp, row.Seq, row.RecordedAt);
}

/// <summary>An execution.</summary>
public sealed record ExecutionResponse(
    Guid ExecId,
    decimal Qty,
    decimal Price,
    decimal Fee,
    string Liquidity,
    DateTimeOffset Timestamp,
    long Seq,
    int? TradeId
)
{
    internal static ExecutionResponse From(ExecutionRow row) =>
        new(row.ExecId, row.Quantity, row.Price, row.Fee, row.Liquidity, row.Timestamp, row.Seq, row.TradeId);
}

/// <summary>An order with its life.</summary>
public sealed record OrderDetailResponse(
    Guid Id,
    Guid ClientOrderId,
    Guid? DecisionId,
    string Symbol,
    string Side,
    string Type,
    string Tif,
    decimal Qty,
    decimal? Price,
    JsonElement? Conditions,
    decimal FilledQty,
    decimal? AveragePrice,
    string Status,
    string Reason,
    string Origin,
    string Run,
    DateTimeOffset EventTime,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<OrderEventResponse> Events,
    IReadOnlyList<ExecutionResponse> Executions
)
{
    internal static OrderDetailResponse From(OrderHistory history)
    {
        var row = history.Order;
        return new OrderDetailResponse(
            row.Id,
            row.ClientOrderId,
            row.DecisionId,
            row.Symbol,
            WireNames.Name(row.Side),
            row.Type,
            row.TimeInForce,
            row.Quantity,
            row.Price,
            OrderTerms.ConditionsOf(row),
            row.FilledQuantity,
            row.AveragePrice,
            row.Status,
            row.Reason,
            row.Origin,
            row.Run,
            row.EventTime,
            row.UpdatedAt,
            [.. history.Events.Select(OrderEventResponse.From)],
            [.. history.Executions.Select(ExecutionResponse.From)]
        );
    }
}

/// <summary>A booked fill.</summary>
public sealed record TradeResponse(
    int TradeId,
    DateTimeOffset Timestamp,
    string Symbol,
    string Side,
    decimal Qty,
    decimal Price,
    decimal Fees,
    decimal Pnl,
    string? StrategyTag,
    string? Notes,
    string Run
)
{
    internal static TradeResponse From(TradeRow row) =>
        new(
            row.TradeId,
            row.Timestamp,
            row.Symbol,
            WireNames.Name(row.Side),
            row.Quantity,
            row.Price,
            row.Fees,
            row.Pnl,
            row.StrategyTag,
            row.Notes,
            row.RunId
        );
}

/// <summary>A position, marked at the last price.</summary>
public sealed record PositionResponse(
    string Symbol,
    decimal Qty,
    decimal AveragePrice,
    decimal? LastPrice,
    decimal MarketValue,
    decimal UnrealisedPnl,
    decimal RealisedPnl,
    decimal Fees,
    DateTimeOffset UpdatedAt
)
{
    internal static PositionResponse From(PositionRow row)
    {
        // Without a price it is carried at cost.
        var mark = row.LastPrice ?? row.AveragePrice;
        return new PositionResponse(
            row.Symbol,
            row.Quantity,
            row.AveragePrice,
            row.LastPrice,
            row.Quantity * mark,
            row.Quantity * (mark - row.AveragePrice),
            row.RealisedPnl,
            row.Fees,
            row.UpdatedAt
        );
    }
}

/// <summary>A request to halt or activate trading: of a run, or of all that have not ended where none is named.</summary>
public sealed record TradingStateRequest(string State, string? Reason = null, string? Run = null);

/// <summary>Whether an account may trade.</summary>
/// <param name="State">ACTIVE, REDUCING or HALTED.</param>
/// <param name="Reason">Why.</param>
/// <param name="UpdatedAt">When that was set.</param>
/// <param name="Runs">Runs whose accounts were set.</param>
public sealed record TradingStateResponse(string State, string Reason, DateTimeOffset UpdatedAt, IReadOnlyList<string> Runs);
