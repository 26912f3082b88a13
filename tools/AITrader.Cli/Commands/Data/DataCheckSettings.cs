using System.ComponentModel;
using AITrader.Formats.Coverage;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

internal sealed class DataCheckSettings : DataSettings
{
    private const string BySymbol = "symbol";

    [CommandArgument(0, "[files]")]
    [Description("Files and folders; the folder of market data where none is named.")]
    public string[] Files { get; set; } = [];

    [CommandOption("--calendar <NAME>")]
    [Description(
        "When data can be expected: nse, nfo, us, always; or by each symbol's name (NSE: and NFO: trade at NSE, all else always)."
    )]
    [DefaultValue(BySymbol)]
    public string Calendar { get; set; } = BySymbol;

    /// <summary>The calendar of a symbol.</summary>
    public CoverageCalendar CalendarOf(string symbol) => Named ?? CoverageCalendar.Of(symbol);

    private CoverageCalendar? Named => CoverageCalendar.All.FirstOrDefault(known => known.Name == Calendar);

    public override ValidationResult Validate() =>
        Calendar == BySymbol || Named is not null
            ? ValidationResult.Success()
            : ValidationResult.Error($"--calendar is nse, nfo, us, always or {BySymbol}, not '{Calendar}'");
}
