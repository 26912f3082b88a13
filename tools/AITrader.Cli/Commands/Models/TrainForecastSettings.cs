using System.ComponentModel;
using System.Globalization;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

internal sealed class TrainForecastSettings : TrainMarketSettings
{
    [CommandOption("--every <TIME>")]
    [Description("Step of the prices, such as 00:00:01; each trade, and each bar of bars, where it is left out.")]
    public string? Every { get; set; }

    [CommandOption("-a|--architecture <NAME>")]
    [Description("nbeats, nbeats-interpretable or transformer; that of the name, else nbeats, where it is left out.")]
    public string? Architecture { get; set; }

    [CommandOption("--window <N>")]
    [Description("Prices that a forecast looks back on; strategy-engine sends 64.")]
    public int? Window { get; set; }

    [CommandOption("--horizon <N>")]
    [Description("Prices that it forecasts; 8.")]
    public int? Horizon { get; set; }

    [CommandOption("--width <N>")]
    [Description("Values of a layer; 32.")]
    public int? Width { get; set; }

    [CommandOption("--walk-forward <N>")]
    [Description(
        "Train N times more, each time to be judged by prices that are newer than all that it saw: a table for the card, and the model goes live only if it is better over all of them."
    )]
    public int? WalkForward { get; set; }

    public override string Task => "forecast";

    public override int? Folds => WalkForward;

    public override string? Step => Every;

    protected override IEnumerable<(string Name, object? Value)> Own =>
        [("architecture", Architecture ?? OfName()), ("window", Window), ("horizon", Horizon), ("width", Width)];

    protected override string? OwnProblem() =>
        Every is { } every && (!TimeSpan.TryParse(every, CultureInfo.InvariantCulture, out var step) || step <= TimeSpan.Zero)
            ? $"--every: '{every}' is no length such as 00:00:01 or 00:05:00"
        : WalkForward is < 2 or > 50 ? "--walk-forward is a number from 2 to 50"
        : Job && WalkForward is not null ? "--job trains once: --walk-forward is for a training here"
        : null;

    private string OfName() =>
        Model.StartsWith("transformer", StringComparison.Ordinal) ? "transformer"
        : Model.StartsWith("nbeats-interpretable", StringComparison.Ordinal) ? "nbeats-interpretable"
        : "nbeats";
}
