using System.Text.Json;

namespace AITrader.Storage.Runs;

/// <summary>A backtest that becomes a run: what the command line sends, and the payload of the job that stores it.</summary>
/// <param name="Run">Id of the run: follows from data, strategy, options and settings.</param>
/// <param name="Source">Files that it ran on.</param>
/// <param name="Sha256">SHA-256 of the data, hex.</param>
/// <param name="Currency">Of every amount.</param>
/// <param name="InitialCash">Cash at the start.</param>
/// <param name="Cash">Cash at the end.</param>
/// <param name="RealisedPnl">Realised profit before fees.</param>
/// <param name="Fees">Fees paid.</param>
/// <param name="Setup">Strategy, options and settings, an object.</param>
/// <param name="Statistics">Its numbers, an object.</param>
/// <param name="Equity">Equity over time.</param>
/// <param name="Fills">Executions, in their order.</param>
/// <param name="Orders">Orders as they ended, in the order in which they were placed; null of an older program.</param>
/// <param name="Signals">Signals that the strategy was told; null of an older program.</param>
public sealed record StoredBacktest(
    string Run,
    string Source,
    string Sha256,
    string Currency,
    decimal InitialCash,
    decimal Cash,
    decimal RealisedPnl,
    decimal Fees,
    JsonElement Setup,
    JsonElement Statistics,
    IReadOnlyList<BacktestPoint> Equity,
    IReadOnlyList<BacktestFill> Fills,
    IReadOnlyList<BacktestOrder>? Orders = null,
    IReadOnlyList<BacktestSignal>? Signals = null
)
{
    /// <summary>Type of the job that stores it.</summary>
    public const string JobType = "backtest-run";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>As a job's payload.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From a job's payload.</summary>
    /// <exception cref="JsonException">It is no backtest.</exception>
    public static StoredBacktest FromJson(string payload) =>
        JsonSerializer.Deserialize<StoredBacktest>(payload, Json) ?? throw new JsonException("the payload is null");
}

/// <summary>What the account of a backtest was worth at a moment.</summary>
/// <param name="Timestamp">Event time.</param>
/// <param name="Equity">Cash and positions at their marks.</param>
/// <param name="Cash">Cash.</param>
/// <param name="GrossExposure">Positions at their marks without their sign.</param>
public sealed record BacktestPoint(DateTimeOffset Timestamp, decimal Equity, decimal Cash, decimal GrossExposure);

/// <summary>An execution of a backtest.</summary>
/// <param name="Timestamp">Event time.</param>
/// <param name="Symbol">Instrument.</param>
/// <param name="Side">BUY or SELL.</param>
/// <param name="Qty">Quantity.</param>
/// <param name="Price">Price.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Pnl">Profit that it realised, before fees.</param>
/// <param name="StrategyTag">Name of the strategy.</param>
public sealed record BacktestFill(
    DateTimeOffset Timestamp,
    string Symbol,
    string Side,
    decimal Qty,
    decimal Price,
    decimal Fees,
    decimal Pnl,
    string StrategyTag
);
