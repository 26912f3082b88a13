using AITrader.Cli.Commands.Adjustments;
using AITrader.Cli.Commands.Backtests;
using AITrader.Cli.Commands.Data;
using AITrader.Cli.Commands.Decisions;
using AITrader.Cli.Commands.Development;
using AITrader.Cli.Commands.Flags;
using AITrader.Cli.Commands.Jobs;
using AITrader.Cli.Commands.Models;
using AITrader.Cli.Commands.Orders;
using AITrader.Cli.Commands.Replays;
using AITrader.Cli.Commands.Risk;
using AITrader.Cli.Commands.Running;
using AITrader.Cli.Commands.Runs;
using AITrader.Cli.Commands.Strategies;
using AITrader.Cli.Commands.Ticks;
using Spectre.Console.Cli;

namespace AITrader.Cli;

/// <summary>Every command with its description and examples.</summary>
internal static class CommandTable
{
    public static void Add(IConfigurator commands)
    {
        AddRunning(commands);
        AddReplay(commands);
        AddDecisions(commands);
        OrderCommands.AddTo(commands);
        AdjustmentCommands.AddTo(commands);
        AddRisk(commands);
        FlagCommands.AddTo(commands);
        RunCommands.AddTo(commands);
        AddTicks(commands);
        AddData(commands);
        AddStrategies(commands);
        ModelCommands.AddTo(commands);
        JobCommands.AddTo(commands);
        AddDevelopment(commands);
    }

    private static void AddRunning(IConfigurator commands)
    {
        commands
            .AddCommand<UpCommand>("up")
            .WithDescription("Build and start everything; prints links to the page and the dashboard when all is healthy.")
            .WithExample("up")
            .WithExample("up", "--replay", "demo", "--speed", "20")
            .WithExample("up", "--replay", "ticks.csv.gz", "--speed", "max", "--once")
            .WithExample("up", "--attach")
            .WithExample("up", "--fresh", "--settings", "mine.json");
        commands
            .AddCommand<DownCommand>("down")
            .WithDescription("Stop everything that `up` started, and make sure that no process is left.")
            .WithExample("down");
        commands
            .AddCommand<StatusCommand>("status")
            .WithDescription("What runs, what is healthy, what it takes of the machine, and the links.")
            .WithExample("status")
            .WithExample("status", "--json");
        commands
            .AddCommand<LogsCommand>("logs")
            .WithDescription("Show what a resource prints; without a name, list the logs.")
            .WithExample("logs")
            .WithExample("logs", "market-data", "-f")
            .WithExample("logs", "apphost", "-n", "500");
        commands
            .AddCommand<RestartCommand>("restart")
            .WithDescription("Stop one resource and start it again, such as one that was left down; waits until it is healthy.")
            .WithExample("restart", "strategy-engine");
        commands
            .AddCommand<SignInCommand>("sign-in")
            .WithDescription("Print a fresh link that signs a browser in.")
            .WithExample("sign-in")
            .WithExample("sign-in", "--open");
        commands
            .AddCommand<DashboardCommand>("dashboard")
            .WithDescription("Print the link to Aspire's dashboard: resources, logs, traces, metrics.")
            .WithExample("dashboard")
            .WithExample("dashboard", "--open");
    }

    private static void AddReplay(IConfigurator commands) => commands.AddBranch("replay", static replay =>
        {
            replay.SetDescription("Control the replay: start, pause, resume, stop, seek, speed, loop.");
            replay.SetDefaultCommand<ReplayStatusCommand>();
            AddReplayRun(replay);
            AddReplayChanges(replay);
        });

    private static void AddReplayRun(IConfigurator<CommandSettings> replay)
    {
        replay
            .AddCommand<ReplayStatusCommand>("status")
            .WithDescription("Where it stands.")
            .WithExample("replay")
            .WithExample("replay", "status", "-f")
            .WithExample("replay", "status", "--json");
        replay
            .AddCommand<ReplayStartCommand>("start")
            .WithDescription("Start one, while none is under way.")
            .WithExample("replay", "start", "binance-usdm-btcusdt", "--speed", "10", "-f")
            .WithExample("replay", "start", "ticks:BTCUSDT,ETHUSDT@2024-08-08T23:54:00Z/2024-08-09", "--speed", "max");
        replay.AddCommand<ReplayPauseCommand>("pause").WithDescription("Hold between two ticks.").WithExample("replay", "pause");
        replay.AddCommand<ReplayResumeCommand>("resume").WithDescription("Go on after a pause.").WithExample("replay", "resume");
        replay
            .AddCommand<ReplayStopCommand>("stop")
            .WithDescription("End it where it is, when every stage has seen what was published.")
            .WithExample("replay", "stop");
    }

    private static void AddReplayChanges(IConfigurator<CommandSettings> replay)
    {
        replay
            .AddCommand<ReplaySeekCommand>("seek")
            .WithDescription("Go on elsewhere: ends the run and begins another one there.")
            .WithExample("replay", "seek", "50%")
            .WithExample("replay", "seek", "23:56:00")
            .WithExample("replay", "seek", "12000");
        replay
            .AddCommand<ReplaySpeedCommand>("speed")
            .WithDescription("Change the speed while it runs.")
            .WithExample("replay", "speed", "20")
            .WithExample("replay", "speed", "max");
        replay.AddCommand<ReplayLoopCommand>("loop").WithDescription("Begin again at the end, or not.").WithExample("replay", "loop", "on");
    }

    private static void AddDecisions(IConfigurator commands) =>
        commands
            .AddCommand<DecisionCommand>("decision")
            .WithDescription("Explain a decision, factor by factor, or make it again from its own record.")
            .WithExample("decision")
            .WithExample("decision", "--recompute");

    private static void AddRisk(IConfigurator commands) => commands.AddBranch("risk", static risk =>
        {
            risk.SetDescription("Limits and the kill switch: show, limit, confirm, kill, revive.");
            risk.SetDefaultCommand<RiskShowCommand>();
            risk.AddCommand<RiskShowCommand>("show").WithDescription("What limits trading now.").WithExample("risk");
            risk.AddCommand<RiskLimitCommand>("limit")
                .WithDescription("Change limits; what raises one has to be confirmed.")
                .WithExample("risk", "limit", "account", "daily_loss=2000", "orders_per_second=10")
                .WithExample("risk", "limit", "symbol:BTCUSDT", "position=0.5");
            risk.AddCommand<RiskConfirmCommand>("confirm")
                .WithDescription("Confirm raised limits.")
                .WithExample("risk", "confirm", "0198c0de-0000-7000-8000-000000000000");
            risk.AddCommand<RiskKillCommand>("kill")
                .WithDescription("Switch a strategy, or the account, off: what adds risk is cancelled and refused.")
                .WithExample("risk", "kill")
                .WithExample("risk", "kill", "ema_cross", "--reason", "runs away");
            risk.AddCommand<RiskReviveCommand>("revive").WithDescription("Switch it on again.").WithExample("risk", "revive", "ema_cross");
        });

    private static void AddTicks(IConfigurator commands)
    {
        commands
            .AddCommand<ExportCommand>("export")
            .WithDescription("Write stored ticks of a symbol to a CSV or Parquet file; CSV is what `up --replay` reads.")
            .WithExample("export", "--symbol", "BTCUSDT", "--from", "2024-08-08", "--to", "2024-08-09", "--out", "btc.csv.gz");
        commands
            .AddCommand<GapsCommand>("gaps")
            .WithDescription("Look for holes in stored ticks, pauses, duplicates and ticks out of order.")
            .WithExample("gaps", "--from", "2024-08-08", "--to", "2024-08-09", "--threshold", "5");
    }

    private static void AddData(IConfigurator commands) => commands.AddBranch("data", static data =>
        {
            data.SetDescription("History for backtests: list, check, import, download.");
            data.SetDefaultCommand<DataListCommand>();
            data.AddCommand<DataListCommand>("list")
                .WithDescription("What lies in the folder of market data, by symbol and kind; reads every file.")
                .WithExample("data")
                .WithExample("data", "list", "--folder", "out/history");
            data.AddCommand<DataCheckCommand>("check")
                .WithDescription("Read files to their ends: what they hold, what is wrong with them, and what is missing.")
                .WithExample("data", "check")
                .WithExample("data", "check", "ticks.csv.gz", "out/history")
                .WithExample("data", "check", "shares", "--calendar", "us");
            data.AddCommand<DataImportCommand>("import")
                .WithDescription(
                    "Check files and copy them into the folder of market data; a bad one is refused, nothing is replaced unasked."
                )
                .WithExample("data", "import", "prices.csv", "captures")
                .WithExample("data", "import", "infy.csv.gz", "--symbol", "NSE:INFY");
            data.AddBranch("download", AddDownloads);
        });

    private static void AddDownloads(IConfigurator<CommandSettings> download)
    {
        download.SetDescription("Fetch history from a venue: binance, kite.");
        download
            .AddCommand<BinanceDownloadCommand>("binance")
            .WithDescription("Bars from Binance's public archive, with checksums; what is there already is not fetched again.")
            .WithExample("data", "download", "binance", "BTCUSDT", "--from", "2024-08-01", "--to", "2024-09-01")
            .WithExample(
                "data",
                "download",
                "binance",
                "ETHUSDT",
                "--market",
                "um",
                "--interval",
                "5m",
                "--from",
                "2024-01-01",
                "--to",
                "2025-01-01"
            );
        download
            .AddCommand<KiteDownloadCommand>("kite")
            .WithDescription(
                "Historical candles of Kite, by the settings of the live feed; a month or year that is there is not fetched again."
            )
            .WithExample("data", "download", "kite", "NSE:INFY", "--from", "2024-08-01", "--to", "2024-09-01")
            .WithExample("data", "download", "kite", "NSE:INFY", "--interval", "day", "--from", "2020-01-01", "--to", "2025-01-01");
    }

    private static void AddStrategies(IConfigurator commands)
    {
        commands.AddBranch("new", static made =>
        {
            made.SetDescription("Begin something of your own: a strategy.");
            made.AddCommand<NewStrategyCommand>("strategy")
                .WithDescription("Make a folder with a strategy that builds and trades.")
                .WithExample("new", "strategy", "MyStrategy");
        });
        commands.AddBranch("strategies", static hosted =>
        {
            hosted.SetDescription("The strategies that run live and in replays: state, account, orders.");
            hosted.SetDefaultCommand<StrategiesCommand>();
            hosted
                .AddCommand<StrategiesCommand>("list")
                .WithDescription("List them.")
                .WithExample("strategies")
                .WithExample("strategies", "list", "--json");
            hosted
                .AddCommand<ReloadStrategyCommand>("reload")
                .WithDescription("Load one anew; the running version goes on until the new one is ready.")
                .WithExample("strategies", "reload", "mine");
        });
        commands
            .AddCommand<BacktestCommand>("backtest")
            .WithDescription("Run a strategy over files of ticks or bars, once or with many combinations of options; writes a report.")
            .WithExample("backtest", "list")
            .WithExample("backtest", "ema-cross", "--data", "ticks.csv.gz", "--report", "out", "--store")
            .WithExample("backtest", "ema-cross", "--data", "bars", "--param", "fast=5..20:5", "--param", "slow=30,60", "--report", "out")
            .WithExample("backtest", "strategies/Mine", "--data", "bars", "--param", "fast=5..50", "--search", "tpe", "--trials", "200");
    }

    private static void AddDevelopment(IConfigurator commands)
    {
        commands
            .AddCommand<TestCommand>("test")
            .WithDescription("Run every test, or those that match a filter; ends with `N passed, N failed, N skipped`.")
            .WithExample("test")
            .WithExample("test", "Trading")
            .WithExample("test", "Killed_service")
            .WithExample("test", "--list");
        commands
            .AddCommand<BenchCommand>("bench")
            .WithDescription("Run benchmarks: prints a table and goals, writes benchmarks/results/NAME.json.")
            .WithExample("bench", "list")
            .WithExample("bench", "patterns");
        commands
            .AddCommand<PublishCommand>("publish")
            .WithDescription("Write a Helm chart for Kubernetes; starts nothing.")
            .WithExample("publish")
            .WithExample("publish", "out/chart");
        commands
            .AddCommand<LockCommand>("lock")
            .WithDescription("Renew every packages.lock.json after a change of packages.")
            .WithExample("lock");
        commands
            .AddCommand<ConfigCommand>("config")
            .WithDescription("Show which settings are in force, and where each comes from; secrets are masked.")
            .WithExample("config")
            .WithExample("config", "--all")
            .WithExample("config", "replay", "--json");
        commands
            .AddCommand<DoctorCommand>("doctor")
            .WithDescription("Check this machine: tools, servers, ports, disk, certificate.")
            .WithExample("doctor")
            .WithExample("doctor", "--json");
    }
}
