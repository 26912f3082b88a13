using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Decisions;

internal sealed class DecisionSettings : JsonSettings
{
    [CommandArgument(0, "[decision]")]
    [Description("Id of a decision; without one, the newest.")]
    public Guid? Decision { get; set; }

    [CommandOption("--recompute")]
    [Description("Decide again from the decision's own record; fails where anything is different.")]
    public bool Recompute { get; set; }
}
