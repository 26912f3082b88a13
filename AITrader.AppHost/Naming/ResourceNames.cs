namespace AITrader.AppHost.Naming;

/// <summary>The resources' names: host names in service discovery, labels in a cluster, words in <c>./aitrader logs NAME</c>.</summary>
internal static class ResourceNames
{
    public const string Redis = "redis";
    public const string Postgres = "postgres";
    public const string Database = "aitrader";
    public const string Migrations = "migrations";
    public const string Backend = "backend";
    public const string BackendAlt = "backend-alt";
    public const string OnnxRunner = "onnx-runner";
    public const string TensorRtRunner = "tensorrt-runner";
    public const string SentimentEngine = "sentiment-engine";
    public const string FinBertServer = "finbert-server";
    public const string StrategyEngine = "strategy-engine";
    public const string ExecutionEngine = "execution-engine";
    public const string PatternEngine = "pattern-engine";
    public const string MarketData = "market-data";
    public const string Worker = "worker";
    public const string MockMcp = "mock-mcp";
    public const string MockLlm = "mock-llm";
    public const string Frontend = "frontend";
}
