using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

internal sealed class UpSettings : CommandSettings
{
    [CommandArgument(0, "[more]")]
    [Description("More to replay after --replay; several sources are merged by time.")]
    public string[] More { get; set; } = [];

    [CommandOption("-r|--replay <SOURCE>")]
    [Description(
        "Replay recorded data: a file (CSV with symbol,time,price,size,bid,ask; a Binance capture; .gz is fine), a data set (demo, binance-usdm-btcusdt, binance-spot-btcusdt, binance-coinm-ethusd), or stored ticks as ticks:SYMBOL,...@FROM/TO. Without it the mock exchange trades by itself."
    )]
    public string[] Replay { get; set; } = [];

    [CommandOption("-s|--speed <SPEED>")]
    [Description("1 is real time, 0.1 to 1000 times that, max is as fast as possible. 1 where it is left out.")]
    public string? Speed { get; set; }

    [CommandOption("--loop")]
    [Description("Begin again at the end, each round as a new run. The demo does so by itself.")]
    public bool Loop { get; set; }

    [CommandOption("--once")]
    [Description("Play it once, the demo too.")]
    public bool Once { get; set; }

    [CommandOption("--data <FOLDER>")]
    [Description("Folder whose files `./aitrader replay start` and the page may name; none without this.")]
    public string[] Folders { get; set; } = [];

    [CommandOption("--settings <FILE>")]
    [Description(
        "Settings file (JSON with comments). Without it: AITRADER_SETTINGS, or aitrader.json in the repository where that exists."
    )]
    public string? SettingsFile { get; set; }

    [CommandOption("--fresh")]
    [Description("Delete the local database, bus and logs first.")]
    public bool Fresh { get; set; }

    [CommandOption("--free-ports")]
    [Description("Listen on ports that are free instead of the usual ones, as beside another system; `./aitrader status` shows them.")]
    public bool FreePorts { get; set; }

    [CommandOption("-a|--attach")]
    [Description("Stay, and stop everything on Ctrl-C. Without it all goes on running until `./aitrader down`.")]
    public bool Attach { get; set; }

    [CommandOption("--host-setting <NAME=VALUE>")]
    [Description("A setting of the host or, as Services:NAME:..., of a service, for this run only.")]
    public string[] HostSettings { get; set; } = [];

    public override ValidationResult Validate() =>
        HostArguments.Check(this) is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();
}
