using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

internal sealed class PublishSettings : CommandSettings
{
    [CommandArgument(0, "[folder]")]
    [Description("Where to; artifacts/publish where it is left out.")]
    public string? Folder { get; set; }
}
