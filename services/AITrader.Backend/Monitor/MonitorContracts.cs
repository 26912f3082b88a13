using AITrader.Backend.Api;
using AITrader.Backend.Status;

namespace AITrader.Backend.Monitor;

/// <summary>What a client sees first.</summary>
public sealed record MonitorSnapshot(
    StatusResponse Status,
    IReadOnlyList<SignalResponse> Signals,
    IReadOnlyList<OrderResponse> Orders,
    IReadOnlyList<TradeResponse> Fills,
    IReadOnlyList<PositionResponse> Positions
);

/// <summary>The newest price of a symbol. Run, number and kind show whether candles include it already.</summary>
public sealed record MonitorTick(
    string Symbol,
    decimal Price,
    decimal? Bid,
    decimal? Ask,
    decimal Volume,
    DateTimeOffset Timestamp,
    string Kind,
    string Run,
    long Seq
);

/// <summary>A decision, in short.</summary>
public sealed record MonitorDecision(
    Guid Id,
    Guid SignalId,
    string Symbol,
    string Action,
    double Score,
    DateTimeOffset Timestamp,
    string Run
);
