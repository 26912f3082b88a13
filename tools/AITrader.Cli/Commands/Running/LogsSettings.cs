using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

internal sealed class LogsSettings : CommandSettings
{
    [CommandArgument(0, "[name]")]
    [Description("A resource, or apphost for the host itself.")]
    public string? Name { get; set; }

    [CommandOption("-f|--follow")]
    [Description("Go on as more is printed.")]
    public bool Follow { get; set; }

    [CommandOption("-n|--lines <LINES>")]
    [Description("How many of the last lines.")]
    [DefaultValue(100)]
    public int Lines { get; set; }

    public override ValidationResult Validate() =>
        Lines < 0 ? ValidationResult.Error("-n needs a number from 0 on") : ValidationResult.Success();
}
