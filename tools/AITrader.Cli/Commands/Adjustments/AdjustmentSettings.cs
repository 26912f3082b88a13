using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Adjustments;

internal abstract class AdjustmentSettings : CommandSettings
{
    [CommandArgument(0, "<symbol>")]
    [Description("Instrument, such as NSE:INFY.")]
    public string Symbol { get; set; } = string.Empty;

    [CommandOption("--ex-date <day>")]
    [Description("First day of trading with new units, or without the dividend: yyyy-MM-dd. Default today in UTC.")]
    public string? ExDate { get; set; }
}

internal sealed class SplitSettings : AdjustmentSettings
{
    [CommandArgument(1, "<ratio>")]
    [Description("New units for old ones: 2:1 are two for one, 1:10 is one for ten, 3:2 is a bonus issue of one for two.")]
    public string Ratio { get; set; } = string.Empty;

    [CommandOption("--cash-price <price>")]
    [Description("Price of a new unit at which what is left over is paid out.")]
    public decimal? CashPrice { get; set; }

    public (int New, int Old)? Units =>
        Ratio.Split(':') is [var left, var right] && Read(left) is { } units && Read(right) is { } old ? (units, old) : null;

    public override ValidationResult Validate() =>
        Units is null ? ValidationResult.Error($"a ratio is two whole numbers such as 2:1; not '{Ratio}'") : ValidationResult.Success();

    private static int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units > 0 ? units : null;
}

internal sealed class DividendSettings : AdjustmentSettings
{
    [CommandArgument(1, "<amount>")]
    [Description("Amount a unit, in the instrument's currency.")]
    public decimal Amount { get; set; }

    [CommandOption("--withheld <part>")]
    [Description("Tax withheld of what is received, as a part of 1. Default 0.")]
    public decimal? Withheld { get; set; }
}
