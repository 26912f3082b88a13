using AITrader.TestSupport;

namespace AITrader.Settings.Tests;

/// <summary>A service: its project, the name of its resource, and a command line besides the empty one with which it registers
/// more.</summary>
internal sealed record Service(string Project, string Resource, params string[] Arguments)
{
    public static IReadOnlyList<Service> All { get; } =
    [
        new("AITrader.MarketData", "market-data", "--Feed:Enabled=true", "--Feed:Kind=binance"),
        new("AITrader.PatternEngine", "pattern-engine"),
        new("AITrader.StrategyEngine", "strategy-engine"),
        new("AITrader.ExecutionEngine", "execution-engine", "--Execution:Broker=kite", "--Kite:Address=http://nowhere"),
        new("AITrader.Backend", "backend"),
        new("AITrader.Worker", "worker"),
        new("AITrader.Migrations", "migrations"),
        new("AITrader.OnnxRunner", "onnx-runner"),
        new("AITrader.TensorRtRunner", "tensorrt-runner"),
        new("AITrader.SentimentEngine", "sentiment-engine"),
        new("AITrader.FinBertServer", "finbert-server"),
        new("AITrader.MockMcp", "mock-mcp"),
        new("AITrader.MockLlm", "mock-llm"),
    ];

    /// <summary>Its program, where the build of this configuration put it.</summary>
    public string Program
    {
        get
        {
            // artifacts/bin/AITrader.Settings.Tests/release/ -> artifacts/bin/{project}/release/
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, Project, own.Name, Project + ".dll");
        }
    }

    /// <summary>Folder of its sources.</summary>
    public string Folder => Path.Combine(SharedData.RepositoryRoot, "services", Project);
}
