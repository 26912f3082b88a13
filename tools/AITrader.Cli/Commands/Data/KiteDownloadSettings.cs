using System.ComponentModel;
using AITrader.Venues.Kite.History;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

internal sealed class KiteDownloadSettings : DownloadCommandSettings
{
    [CommandArgument(0, "<symbol>")]
    [Description("Exchange and symbol, such as NSE:INFY.")]
    public string Symbol { get; set; } = string.Empty;

    [CommandOption("--interval <LENGTH>")]
    [Description("Length of a bar: minute, 3minute, 5minute, 10minute, 15minute, 30minute, 60minute or day.")]
    [DefaultValue("minute")]
    public string Interval { get; set; } = "minute";

    [CommandOption("--address <URL>")]
    [Description("Root of Kite's REST API; the setting Feed:Address where it is left out.")]
    public string? Address { get; set; }

    [CommandOption("--request-token <TOKEN>")]
    [Description("The request_token of the address that Kite's login page leads back to; it works once.")]
    public string? RequestToken { get; set; }

    [CommandOption("--settings <FILE>")]
    [Description("The file of settings, as of `up`: Feed:ApiKey, Feed:ApiSecret, Feed:Address.")]
    public string? SettingsFile { get; set; }

    public KiteInterval Chosen => KiteInterval.All.First(known => known.Name == Interval);

    protected override string? Problem() =>
        base.Problem()
        ?? this switch
        {
            _ when Symbol.Split(':') is not [{ Length: > 0 }, { Length: > 0 }] => $"'{Symbol}' is no symbol such as NSE:INFY",
            _ when KiteInterval.All.All(known => known.Name != Interval) =>
                $"--interval is one of {string.Join(", ", KiteInterval.All.Select(static known => known.Name))}, not '{Interval}'",
            _ => AddressProblem(Address),
        };
}
