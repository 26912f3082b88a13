using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

internal sealed class ConfigSettings : JsonSettings
{
    [CommandArgument(0, "[filter]")]
    [Description("Only settings whose name has this.")]
    public string? Filter { get; set; }

    [CommandOption("--all")]
    [Description("Those that nobody has set, too, with their defaults.")]
    public bool All { get; set; }

    [CommandOption("--settings <FILE>")]
    [Description("As with `up`.")]
    public string? SettingsFile { get; set; }
}
