using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.Browser.Tests.Gateway;

/// <summary>Messages letter by letter as the gateway writes them.</summary>
internal static class Wire
{
    public const string Run = "usdm-btcusdt-0a1b2c3d-1";

    /// <summary>The run that a seek begins.</summary>
    public const string NextRun = "usdm-btcusdt-0a1b2c3d-2";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private static readonly DateTimeOffset Start = new(2024, 8, 8, 23, 54, 15, TimeSpan.Zero);

    public static object Message(string type, object data) => new { Type = type, Data = data };

    public static JsonNode Tick(int n, decimal price, string symbol = "BTCUSDT") =>
        Parse(
            $$"""
            {"symbol":"{{symbol}}","price":{{price}},"bid":{{price - 0.1m}},"ask":{{price + 0.1m}},"volume":0.25,"timestamp":"{{At(n)}}",
             "kind":"trade","run":"{{Run}}","seq":{{n}}}
            """
        );

    public static JsonNode Signal(int n, string? decisionId = null) =>
        Parse(
            $$"""
            {"id":"signal-{{n}}","symbol":"BTCUSDT","score":0.71,"timestamp":"{{At(n)}}","pattern":"ema_cross","direction":"BULLISH",
             "price":61000.5,"tick_id":"{{Run}}:{{n}}","seq":{{n}},"run":"{{Run}}","decision_id":{{JsonSerializer.Serialize(decisionId)}},
             "action":null,"family":"momentum","horizon_seconds":300,"evidence":{"ema_fast":61000.9,"distance_bps":0.75} }
            """
        );

    public static JsonNode Decided(int n, string action) =>
        Parse(
            $$"""
            {"id":"decision-1","signal_id":"signal-{{n}}","symbol":"BTCUSDT","action":"{{action}}","score":0.1,"run":"{{Run}}"}
            """
        );

    public static JsonNode Order(int n, string status = "FILLED") =>
        Parse(
            $$"""
            {"id":"order-{{n}}","client_order_id":"order-{{n}}","decision_id":"decision-1","symbol":"BTCUSDT","side":"BUY","type":"MARKET",
             "tif":"IOC","qty":0.016,"price":null,"filled_qty":0.016,"average_price":61000.7,"status":"{{status}}","reason":null,
             "origin":"ema_cross","run":"{{Run}}","event_time":"{{At(n)}}","updated_at":"{{At(n)}}"}
            """
        );

    public static JsonNode Trade(int n, decimal price = 61_000.7m, string side = "BUY", decimal pnl = 0m) =>
        Parse(
            $$"""
            {"trade_id":{{n}},"timestamp":"{{At(n)}}","symbol":"BTCUSDT","side":"{{side}}","qty":0.016,"price":{{price}},"fees":0.39040448,
             "pnl":{{pnl}},"strategy_tag":"ema_cross","notes":null,"run":"{{Run}}"}
            """
        );

    public static JsonNode Position(decimal quantity) =>
        Parse(
            $$"""
            {"symbol":"BTCUSDT","qty":{{quantity}},"average_price":61000.7,"last_price":61010.0,"market_value":{{quantity * 61_010m}},
             "unrealised_pnl":{{quantity * 9.3m}},"realised_pnl":0,"fees":0.39,"updated_at":"{{At(1)}}"}
            """
        );

    public static JsonNode Decision(string id) =>
        Parse(
            $$"""
            {"id":"{{id}}","signal":{{Signal(1, id).ToJsonString()}},"action":"BUY","score":0.45,
             "reason":"Score 0.45 reaches the threshold of 0.30.",
             "factors":[{"name":"pattern","weight":0.5,"value":0.7,"contribution":0.35,"note":"ema_cross"},
                        {"name":"technicals","weight":0.3,"value":0.5,"contribution":0.15,"note":null},
                        {"name":"forecast","weight":0.2,"value":-0.25,"contribution":-0.05,"note":"persistence"}],
             "provenance":{"race":{"winner":"onnx-runner","latency_ms":{"onnx-runner":1.4,"tensorrt-runner":2.9} } },
             "order_id":"order-1","flip":[{"factor":"pattern","value_needed":0.4,"action":"HOLD"}],"timestamp":"{{At(1)}}"}
            """
        );

    public static JsonNode Account(decimal equity, string tradingState, string run = Run) =>
        Parse(
            $$"""
            {"run":"{{run}}","currency":"USDT","initial_cash":100000,"cash":99000,"equity":{{equity}},"realised_pnl":0,"unrealised_pnl":{{equity
                - 100_000m}},
             "fees":0,"trading_state":"{{tradingState}}","halt_reason":{{(tradingState == "HALTED" ? "\"a test\"" : "null")}}}
            """
        );

    public static JsonNode Status(JsonNode account, int fills, JsonNode replay) =>
        Parse(
            $$"""
            {"status":"ok","time":"{{At(0)}}","mode":"replay","version":"1.2.3",
             "services":[{"name":"market-data","status":"healthy","detail":null},
                         {"name":"finbert-server","status":"unhealthy","detail":"no model is installed"}],
             "replay":{{replay.ToJsonString()}},
             "counts":{"ticks":100,"signals":1,"decisions":1,"orders":1,"fills":{{fills}},"trades":{{fills}} },
             "account":{{account.ToJsonString()}},"streams":[]}
            """
        );

    public static JsonNode Replay(string state, string run = Run, bool loop = true) =>
        Parse(
            $$"""
            {"state":"{{state}}","run":"{{run}}","source":"binance-usdm-btcusdt","sources":["binance-usdm-btcusdt"],"speed":"20","loop":{{(
                loop ? "true" : "false"
            )}},"round":2,
             "published":100,"total":400,"progress":0.25,"event_time":"{{At(1000)}}","from":"{{At(0)}}","to":"{{At(
                4000
            )}}","eta_seconds":75,
             "lateness_ms":{"p50":0.1,"p99":0.6,"max":3.2,"mean":0.2,"drift":0.01},
             "watermarks":{"published":100,"pattern":96,"strategy":90,"execution":90,"store":64},"error":null}
            """
        );

    public static JsonNode Book(long update, string state = "live", string symbol = "BTCUSDT") =>
        Parse(
            $$"""
            {"symbol":"{{symbol}}","venue":"binance-usdm","timestamp":"{{At(1)}}","update_id":{{update}},"state":"{{state}}",
             "bids":[[61000.4,2],[61000.3,1],[61000.1,5]],"asks":[[61000.5,1],[61000.7,3]],
             "spread":0.1,"mid":61000.45,"micro_price":61000.467,"imbalance":0.333,"checksum":"9f2c11d0"}
            """
        );

    /// <summary>Candles of stored ticks up to a number, each with its first step, open, high, low, close and ticks.</summary>
    public static JsonNode Candles(
        long? lastSeq,
        params (int N, decimal Open, decimal High, decimal Low, decimal Close, int Ticks)[] candles
    ) =>
        Parse(
            $$"""
        {"symbol":"BTCUSDT","interval":"5s","run":"{{Run}}","kind":"trade","last_seq":{{lastSeq?.ToString(CultureInfo.InvariantCulture) ?? "null"}},"previous":null,
         "items":[{{string.Join(',', candles.Select(static candle => string.Create(CultureInfo.InvariantCulture,
             $$"""{"time":"{{At(candle.N)}}","open":{{candle.Open}},"high":{{candle.High}},"low":{{candle.Low}},"close":{{candle.Close}},"volume":{{candle.Ticks * 0.25m}},"turnover":{{candle.Ticks * 0.25m * candle.Close}},"ticks":{{candle.Ticks}}}""")))}}]}
        """
        );

    /// <summary>Event time of step n, a tenth of a second each.</summary>
    public static string At(int n) => Start.AddMilliseconds(100 * n).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
