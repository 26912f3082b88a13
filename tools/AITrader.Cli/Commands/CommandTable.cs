using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

/// <summary>Every command with its description and examples.</summary>
internal static class CommandTable
{
    public static void Add(IConfigurator commands)
    {
        AddSystem(commands);
        AddReplay(commands);
        AddWorkshop(commands);
    }

    private static void AddSystem(IConfigurator commands)
    {
        commands.AddCommand<UpCommand>("up")
            .WithDescription("Build and start everything; prints links to the page and the dashboard when all is healthy.")
            .WithExample("up").WithExample("up", "--replay", "demo", "--speed", "20").WithExample("up", "--replay", "ticks.csv.gz", "--speed", "max", "--once")
            .WithExample("up", "--attach").WithExample("up", "--fresh", "--settings", "mine.json");
        commands.AddCommand<DownCommand>("down")
            .WithDescription("Stop everything that `up` started, and make sure that no process is left.")
            .WithExample("down");
        commands.AddCommand<StatusCommand>("status")
            .WithDescription("What runs, what is healthy, what it takes of the machine, and the links.")
            .WithExample("status").WithExample("status", "--json");
        commands.AddCommand<LogsCommand>("logs")
            .WithDescription("Show what a resource prints; without a name, list the logs.")
            .WithExample("logs").WithExample("logs", "market-data", "-f").WithExample("logs", "apphost", "-n", "500");
        commands.AddCommand<RestartCommand>("restart")
            .WithDescription("Stop one resource and start it again, such as one that was left down; waits until it is healthy.")
            .WithExample("restart", "strategy-engine");
        commands.AddCommand<SignInCommand>("sign-in")
            .WithDescription("Print a fresh link that signs a browser in.")
            .WithExample("sign-in").WithExample("sign-in", "--open");
        commands.AddCommand<DashboardCommand>("dashboard")
            .WithDescription("Print the link to Aspire's dashboard: resources, logs, traces, metrics.")
            .WithExample("dashboard").WithExample("dashboard", "--open");
    }

    private static void AddReplay(IConfigurator commands)
    {
        _ = commands;
    }

    private static void AddWorkshop(IConfigurator commands)
    {
        commands.AddCommand<TestCommand>("test")
            .WithDescription("Run every test, or those that match a filter; ends with `N passed, N failed, N skipped`.")
            .WithExample("test").WithExample("test", "Trading").WithExample("test", "Killed_service").WithExample("test", "--list");
    }
}
