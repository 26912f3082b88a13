using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

internal sealed class RestartSettings : CommandSettings
{
    [CommandArgument(0, "<name>")]
    [Description("The resource.")]
    public string Name { get; set; } = string.Empty;
}
