using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

internal sealed class TestSettings : CommandSettings
{
    [CommandArgument(0, "[filter]")]
    [Description("Part of a test project's name (Markets, Chaos, frontend), or else of a test's name.")]
    public string? Filter { get; set; }

    [CommandOption("--list")]
    [Description("List the projects instead of running them.")]
    public bool List { get; set; }

    [CommandOption("--no-system")]
    [Description("Leave out the projects that start the whole system.")]
    public bool NoSystem { get; set; }
}
