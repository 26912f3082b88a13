using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplaySpeedSettings : CommandSettings
{
    [CommandArgument(0, "<speed>")]
    [Description("0.1 to 1000 times real time, or max.")]
    public string Speed { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        ReplayArguments.IsSpeed(Speed)
            ? ValidationResult.Success()
            : ValidationResult.Error($"a speed is a number from 0.1 to 1000, or max; not '{Speed}'");
}
