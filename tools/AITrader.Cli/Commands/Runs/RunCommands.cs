using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary>The commands under <c>runs</c>.</summary>
internal static class RunCommands
{
    public static void AddTo(IConfigurator commands) => commands.AddBranch("runs", static runs =>
        {
            runs.SetDescription("Live sessions, replays and backtests: list, show, compare, export, delete.");
            runs.SetDefaultCommand<RunListCommand>();
            runs.AddCommand<RunListCommand>("list")
                .WithDescription("Runs, newest first.")
                .WithExample("runs")
                .WithExample("runs", "list", "--kind", "replay", "-n", "50");
            runs.AddCommand<RunShowCommand>("show")
                .WithDescription("A run with its account, setup and statistics.")
                .WithExample("runs", "show", "live")
                .WithExample("runs", "show", "live", "--json");
            runs.AddCommand<RunCompareCommand>("compare")
                .WithDescription("Statistics of runs side by side, and what differs of their setups.")
                .WithExample("runs", "compare", "live", "demo-1");
            runs.AddCommand<RunExportCommand>("export")
                .WithDescription("Write trades, equity, signals or orders of a run to a CSV or Parquet file.")
                .WithExample("runs", "export", "live", "trades", "--to", "trades.csv")
                .WithExample("runs", "export", "demo-1", "equity", "--to", "equity.parquet");
            runs.AddCommand<RunDeleteCommand>("delete")
                .WithDescription("Delete a run that has ended, with all that it made.")
                .WithExample("runs", "delete", "demo-1");
        });
}
