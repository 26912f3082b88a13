using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

internal sealed class TrainPatternsSettings : TrainMarketSettings
{
    [CommandOption("--bar-seconds <N>")]
    [Description("Repeatable. Length of the bars; 1, 5, 15 and 60, of which all are learned from.")]
    public int[] BarSeconds { get; set; } = [];

    [CommandOption("--bars <N>")]
    [Description("Bars of a window; pattern-engine has 64.")]
    public int? Bars { get; set; }

    [CommandOption("--filters <N>")]
    [Description("Filters of the first layer; 16.")]
    public int? Filters { get; set; }

    public override string Task => "patterns";

    protected override IEnumerable<(string Name, object? Value)> Own =>
        [("bar_seconds", BarSeconds.Length > 0 ? BarSeconds : null), ("bars", Bars), ("filters", Filters)];
}
