using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Adjustments;

/// <summary>The commands under <c>adjustments</c>.</summary>
internal static class AdjustmentCommands
{
    public static void AddTo(IConfigurator commands) => commands.AddBranch("adjustments", static adjustments =>
        {
            adjustments.SetDescription("Splits and dividends of the live account: list, split, dividend.");
            adjustments.SetDefaultCommand<AdjustmentListCommand>();
            adjustments
                .AddCommand<AdjustmentListCommand>("list")
                .WithDescription("What was asked for, and what came of it, newest first.")
                .WithExample("adjustments");
            adjustments
                .AddCommand<SplitCommand>("split")
                .WithDescription("Book a split, a reverse split or a bonus issue.")
                .WithExample("adjustments", "split", "NSE:INFY", "2:1")
                .WithExample("adjustments", "split", "NSE:INFY", "1:10", "--ex-date", "2026-11-30", "--cash-price", "1502.50");
            adjustments
                .AddCommand<DividendCommand>("dividend")
                .WithDescription("Book a dividend in cash.")
                .WithExample("adjustments", "dividend", "NSE:INFY", "18.50", "--withheld", "0.1");
        });
}
