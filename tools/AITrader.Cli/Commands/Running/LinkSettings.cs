using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

internal sealed class LinkSettings : CommandSettings
{
    [CommandOption("--open")]
    [Description("Open it in the browser, too.")]
    public bool Open { get; set; }
}
