using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayLoopSettings : CommandSettings
{
    [CommandArgument(0, "<on|off>")]
    public string Mode { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        Mode is "on" or "off" ? ValidationResult.Success() : ValidationResult.Error($"loop needs on or off, not '{Mode}'");
}
