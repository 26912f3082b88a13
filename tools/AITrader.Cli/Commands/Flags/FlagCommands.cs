using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Flags;

/// <summary>The commands under <c>flags</c>.</summary>
internal static class FlagCommands
{
    public static void AddTo(IConfigurator commands) => commands.AddBranch("flags", static flags =>
        {
            flags.SetDescription("What can be switched while the system runs: show, set.");
            flags.SetDefaultCommand<FlagsShowCommand>();
            flags.AddCommand<FlagsShowCommand>("show").WithDescription("Every flag and what it is set to.").WithExample("flags");
            flags
                .AddCommand<FlagsSetCommand>("set")
                .WithDescription("Switch a flag on or off.")
                .WithExample("flags", "set", "decisions.forecast", "off");
        });
}
