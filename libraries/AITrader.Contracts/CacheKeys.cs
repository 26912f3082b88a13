namespace AITrader.Contracts;

/// <summary>Cache keys and their time to live.</summary>
public static class CacheKeys
{
    /// <summary>Life of market readings.</summary>
    public static readonly TimeSpan MarketTtl = TimeSpan.FromSeconds(60);

    /// <summary>Life of a forecast.</summary>
    public static readonly TimeSpan PredictionTtl = TimeSpan.FromSeconds(300);

    /// <summary>Life of what a replay began with.</summary>
    public static readonly TimeSpan FlagsTtl = TimeSpan.FromDays(7);

    /// <summary>Life of a heartbeat: whoever had one once is known to owe one.</summary>
    public static readonly TimeSpan HeartbeatTtl = TimeSpan.FromDays(7);

    /// <summary>Life of a session.</summary>
    public static readonly TimeSpan SessionTtl = TimeSpan.FromSeconds(3600);

    /// <summary>Run whose ticks the execution engine is working on; the strategy engine learns it here before the run's first
    /// signal.</summary>
    public const string ActiveReplay = "replay:active";

    /// <summary>What the supervisor of one machine did for its services: a hash of JSON by service, written under this very key whatever
    /// the hash tag.</summary>
    public const string SupervisorRestarts = "supervisor:restarts";

    /// <summary>Heartbeat of those who make orders of decisions: a value that changes about once a second.</summary>
    public const string DecisionHeartbeat = "heartbeat:decisions";

    /// <summary>Heartbeat of a hosted strategy.</summary>
    public static string StrategyHeartbeat(string strategy) => $"heartbeat:strategy:{strategy}";

    /// <summary>Starts of a service since its last orderly stop: a hash of counts by instance.</summary>
    public static string Restarts(string service) => $"restarts:{service}";

    /// <summary>Last trade price of a symbol.</summary>
    public static string Price(string symbol) => $"market:{symbol}:price";

    /// <summary>Cumulative volume of a symbol.</summary>
    public static string Volume(string symbol) => $"market:{symbol}:volume";

    /// <summary>Best levels of a symbol's book, with what follows from them.</summary>
    public static string Book(string symbol) => $"market:{symbol}:book";

    /// <summary>Last good forecast of a symbol by one model.</summary>
    public static string Prediction(string symbol, string model) => $"prediction:{symbol}:{model}";

    /// <summary>Flags that held at the start of a replay.</summary>
    public static string Flags(string run) => $"flags:{run}";

    /// <summary>Sentiment readings that had arrived at the start of a replay.</summary>
    public static string SentimentOf(string run) => $"sentiment:{run}";

    /// <summary>A signed-in session.</summary>
    public static string Session(string token) => $"session:{token}";

    /// <summary>How far a stage has come in a replay run: the highest tick sequence whose every effect is durable.</summary>
    public static string Watermark(string run, string stage) => $"watermark:{run}:{stage}";
}
