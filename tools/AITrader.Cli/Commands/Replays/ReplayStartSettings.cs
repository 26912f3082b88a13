using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayStartSettings : CommandSettings
{
    [CommandArgument(0, "<source>")]
    [Description(
        "A data set (demo, binance-usdm-btcusdt ...), files inside a folder that `up --data FOLDER` opened, or stored ticks as ticks:SYMBOL,...@FROM/TO[[@RUN]]. Several files are merged by time."
    )]
    public string[] Sources { get; set; } = [];

    [CommandOption("-s|--speed <SPEED>")]
    [Description("0.1 to 1000 times real time, or max.")]
    [DefaultValue("1")]
    public string Speed { get; set; } = "1";

    [CommandOption("--loop")]
    [Description("Begin again at the end.")]
    public bool Loop { get; set; }

    [CommandOption("-f|--follow")]
    [Description("Show its progress until it ends.")]
    public bool Follow { get; set; }

    public override ValidationResult Validate() =>
        ReplayArguments.IsSpeed(Speed)
            ? ReplaySources.Check(Sources) is { } problem
                ? ValidationResult.Error(problem)
                : ValidationResult.Success()
            : ValidationResult.Error($"--speed must be a number from 0.1 to 1000, or max; not '{Speed}'");
}
