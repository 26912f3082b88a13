using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

internal sealed class BenchSettings : CommandSettings
{
    [CommandArgument(0, "[name]")]
    [Description("One benchmark; all where it is left out; `list` names them.")]
    public string? Name { get; set; }
}
