namespace AITrader.Docs.Tests.Running;

/// <summary>What is not typed as it stands, and why. All else of the docs is.</summary>
internal static class Treatment
{
    private const string Network = "asks servers on the network";
    private const string Images = "makes images, for minutes or with a container engine; AITrader.Containers.Tests makes one";
    private const string Followed = "AITrader.Cli.Tests follows the page";
    private const string Publishes = "publishes for minutes";

    /// <summary>Commands that no test runs.</summary>
    public static IReadOnlyDictionary<string, string> NotRun { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["git clone … aitrader && cd aitrader"] = Network,
            ["./aitrader down"] = "the last step of the test",
            ["npm ci"] = Network,
            ["./aitrader data download binance BTCUSDT --from 2024-08-01 --to 2024-09-01"] = Network,
            ["./aitrader data download kite NSE:INFY --from 2024-08-01 --to 2024-09-01"] = Network,
            ["./aitrader new strategy MyStrategy"] = Followed,
            ["./aitrader new strategy NAME"] = Followed,
            [
                "./aitrader backtest strategies/MyStrategy --data services/AITrader.MarketData/Demo/demo.csv --param BarSeconds=5 --report out/first"
            ] = Followed,
            [
                "./aitrader backtest strategies/averages.json --data services/AITrader.MarketData/Demo/demo.csv --param seconds=2 --report out/document"
            ] = Followed,
            [
                "./aitrader backtest strategies/MyStrategy --data services/AITrader.MarketData/Demo/demo.csv --param BarSeconds=1,2,5 --param Period=5..30:5 --report out/search"
            ] = Followed,
            ["dotnet tool restore"] = Network,
            ["dotnet list AITrader.sln package --outdated"] = Network,
            ["dotnet aspire publish -o DIR"] = "builds everything for debugging; AITrader.AppHost.Tests reads what it writes",
            ["dotnet ef migrations add NAME --project libraries/AITrader.Storage --startup-project services/AITrader.Migrations"] =
                "changes sources",
            ["dotnet msbuild deploy/images.proj"] = Images,
            ["dotnet msbuild deploy/images.proj -p:ContainerRegistry=registry.example.com"] = Images,
            ["dotnet publish services/AITrader.Backend -t:PublishContainer -p:ContainerArchiveOutputPath=backend.tar"] = Images,
            ["docker build -f deploy/tensorrt/Dockerfile --target runtime -t aitrader/tensorrt-runner:0.1.0 ."] = Images,
            ["docker build -f deploy/frontend/Dockerfile -t aitrader/frontend:0.1.0 ."] = Images,
            ["dotnet publish services/AITrader.PatternEngine -c Release"] = Publishes,
            ["dotnet publish services/AITrader.PatternEngine -c Release -p:ReadyToRun=false"] = Publishes,
            ["dotnet publish services/AITrader.PatternEngine -c Release -p:NativeAot=true"] = Publishes,
            [@"grep -caP 'RTR\x00' artifacts/publish/AITrader.PatternEngine/release/AITrader.Signals.dll"] = "reads what a publish left",
            [
                """
                g++ -std=c++20 -O3 -march=native -DNDEBUG -DFMT_HEADER_ONLY -ICppTrader/include -ICppCommon/include -Ifmt/include \
                    benchmarks/rivals/cpptrader.cpp CppTrader/source/trader/matching/*.cpp -o /tmp/cpptrader
                """
            ] = "wants other people's sources",
        };

    /// <summary>Commands with placeholders, or without an end: what is run for them.</summary>
    public static IReadOnlyDictionary<string, string> Instead { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["./aitrader data check"] = "./aitrader data check services/AITrader.MarketData/Demo/demo.csv",
            ["./aitrader data import prices.csv captures"] = "./aitrader data import services/AITrader.MarketData/Demo/demo.csv",
            ["./aitrader logs NAME"] = "./aitrader logs worker",
            ["./aitrader logs NAME -f"] = "timeout 5 ./aitrader logs worker -f; [ $? = 124 ]",
            ["./aitrader restart NAME"] = "./aitrader restart mock-llm",
            ["dotnet run --project services/AITrader.MarketData -- check AAPL_2012-06-21_34200000_57600000_message_10.csv"] =
                "dotnet run --project services/AITrader.MarketData -- check services/AITrader.MarketData/Demo/demo.csv",
        };
}
