using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

internal sealed class GapsSettings : TickRangeSettings
{
    [CommandOption("--threshold <SECONDS>")]
    [Description("Pauses longer than this count.")]
    [DefaultValue(60.0)]
    public double Threshold { get; set; }

    protected override string? Problem() =>
        base.Problem() ?? (Threshold is > 0 and <= 86_400 ? null : "--threshold is a number of seconds above 0, up to a day");
}
