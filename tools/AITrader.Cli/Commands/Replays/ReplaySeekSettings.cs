using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplaySeekSettings : CommandSettings
{
    [CommandArgument(0, "<place>")]
    [Description("50%, a tick's number, 23:56:00 on the day that the content begins, or 2024-08-08T23:56:00Z.")]
    public string Place { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        SeekTarget.TryParse(Place, out _)
            ? ValidationResult.Success()
            : ValidationResult.Error($"'{Place}' is no place: give 50%, a tick's number, 23:56:00 or 2024-08-08T23:56:00Z");
}
