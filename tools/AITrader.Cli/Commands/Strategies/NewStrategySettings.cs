using System.ComponentModel;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Strategies;

internal sealed partial class NewStrategySettings : CommandSettings
{
    [CommandArgument(0, "<name>")]
    [Description("Name of the strategy: of its folder below strategies/, and of its class.")]
    public string Name { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        ClassName().IsMatch(Name)
            ? ValidationResult.Success()
            : ValidationResult.Error($"'{Name}' is no name of a class: a capital letter, then letters and digits, such as MyStrategy");

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,63}$")]
    private static partial Regex ClassName();
}
