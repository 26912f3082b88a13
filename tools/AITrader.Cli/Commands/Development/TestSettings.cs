using System.ComponentModel;
using AITrader.Cli.Testing;
using Spectre.Console;
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

    [CommandOption("--cases <NUMBER>")]
    [Description("How many cases of the kill suite are run. Default 6.")]
    public int? Cases { get; set; }

    [CommandOption("--seed <NUMBER>")]
    [Description("Seed of the kill suite: what is killed, where and when. Default 1.")]
    public int? Seed { get; set; }

    [CommandOption("--case <NUMBER>")]
    [Description("One case of the kill suite alone.")]
    public int? Case { get; set; }

    internal KillSuiteSize Size => new(Cases, Seed, Case);

    public override ValidationResult Validate() =>
        Cases is < 1 or > KillSuiteSize.MaxCases || Case is < 1
            ? ValidationResult.Error($"--cases is 1 to {KillSuiteSize.MaxCases}, --case 1 or more")
        : !Size.IsUsual && Filter?.Equals("kill", StringComparison.OrdinalIgnoreCase) != true
            ? ValidationResult.Error("--cases, --seed and --case are of `./aitrader test kill`")
        : ValidationResult.Success();
}
