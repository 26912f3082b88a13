using System.ComponentModel;
using AITrader.Venues.Binance.Archive;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

internal sealed class BinanceDownloadSettings : DownloadCommandSettings
{
    [CommandArgument(0, "<symbol>")]
    [Description("Symbol as the venue spells it, such as BTCUSDT.")]
    public string Symbol { get; set; } = string.Empty;

    [CommandOption("--interval <LENGTH>")]
    [Description("Length of a bar: 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h or 1d.")]
    [DefaultValue("1m")]
    public string Interval { get; set; } = "1m";

    [CommandOption("--market <MARKET>")]
    [Description("spot, um (USDT-M futures) or cm (COIN-M futures).")]
    [DefaultValue(BinanceArchiveSeries.Spot)]
    public string Market { get; set; } = BinanceArchiveSeries.Spot;

    [CommandOption("--address <URL>")]
    [Description("The archive's address.")]
    [DefaultValue(BinanceArchive.DefaultAddress)]
    public string Address { get; set; } = BinanceArchive.DefaultAddress;

    public BinanceArchiveSeries Series => new(Market, Symbol.ToUpperInvariant(), Interval);

    protected override string? Problem() =>
        base.Problem()
        ?? this switch
        {
            _ when Symbol.Length == 0 || !Symbol.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') =>
                $"'{Symbol}' is no symbol such as BTCUSDT",
            _ when !BinanceArchiveSeries.Intervals.Contains(Interval) =>
                $"--interval is one of {string.Join(", ", BinanceArchiveSeries.Intervals)}, not '{Interval}'",
            _ when !BinanceArchiveSeries.Markets.Contains(Market) =>
                $"--market is one of {string.Join(", ", BinanceArchiveSeries.Markets)}, not '{Market}'",
            _ => AddressProblem(Address),
        };
}
