using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Flags;

internal sealed class FlagSettings : CommandSettings
{
    public const string On = "on";
    private const string Off = "off";

    [CommandArgument(0, "<name>")]
    [Description("Name of the flag, as `flags` lists it.")]
    public string Name { get; set; } = string.Empty;

    [CommandArgument(1, "<state>")]
    [Description("on or off.")]
    public string State { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        State is On or Off ? ValidationResult.Success() : ValidationResult.Error($"a flag is set to on or off; not '{State}'");
}
