using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

internal sealed class OrderListSettings : JsonSettings
{
    [CommandOption("--status <status>")]
    [Description("Only orders in this state, such as ACCEPTED.")]
    public string? Status { get; set; }

    [CommandOption("--symbol <symbol>")]
    [Description("Only orders of this instrument.")]
    public string? Symbol { get; set; }

    [CommandOption("--run <name>")]
    [Description("Orders of this run: live, a name, * for all. Default: the run that is shown.")]
    public string? Run { get; set; }

    [CommandOption("-n <number>")]
    [Description("How many, newest first. Default 20.")]
    public int Count { get; set; } = 20;
}

internal sealed class OrderPlaceSettings : CommandSettings
{
    [CommandArgument(0, "<side>")]
    [Description("buy or sell.")]
    public string Side { get; set; } = string.Empty;

    [CommandArgument(1, "<qty>")]
    [Description("Quantity.")]
    public decimal Quantity { get; set; }

    [CommandArgument(2, "<symbol>")]
    [Description("Instrument, such as BTCUSDT or NSE:INFY.")]
    public string Symbol { get; set; } = string.Empty;

    [CommandOption("--type <type>")]
    [Description("MARKET, LIMIT, STOP, STOP_LIMIT, TRAILING_STOP, MARKET_IF_TOUCHED, ICEBERG. Default by what else is given.")]
    public string? Type { get; set; }

    [CommandOption("--tif <tif>")]
    [Description("DAY, GTC, IOC, FOK, GTD. Default DAY.")]
    public string Tif { get; set; } = "DAY";

    [CommandOption("--price <price>")]
    [Description("Limit price.")]
    public decimal? Price { get; set; }

    [CommandOption("--trigger <price>")]
    [Description("Price that sets a stop off.")]
    public decimal? Trigger { get; set; }

    [CommandOption("--trail <amount>")]
    [Description("Distance of a trailing stop.")]
    public decimal? Trail { get; set; }

    [CommandOption("--display <qty>")]
    [Description("Quantity that an iceberg shows.")]
    public decimal? Display { get; set; }

    [CommandOption("--good-till <time>")]
    [Description("UTC time at which a GTD order ends.")]
    public DateTimeOffset? GoodTill { get; set; }

    [CommandOption("--take-profit <price>")]
    [Description("Exit with a profit; together with --stop-loss.")]
    public decimal? TakeProfit { get; set; }

    [CommandOption("--stop-loss <price>")]
    [Description("Exit with a loss; together with --take-profit.")]
    public decimal? StopLoss { get; set; }

    [CommandOption("--reduce-only")]
    [Description("It never adds to a position.")]
    public bool ReduceOnly { get; set; }

    [CommandOption("--run <name>")]
    [Description("The replay that is running, by its name; without it the order is for the live account.")]
    public string? Run { get; set; }

    [CommandOption("--post-only")]
    [Description("It never takes liquidity.")]
    public bool PostOnly { get; set; }

    /// <summary>The type that was asked for, or that fits the prices that were given.</summary>
    public string TypeOrFitting =>
        Type
        ?? (
            Trail is not null ? "TRAILING_STOP"
            : Trigger is not null ? (Price is null ? "STOP" : "STOP_LIMIT")
            : Display is not null ? "ICEBERG"
            : Price is not null ? "LIMIT"
            : "MARKET"
        );

    public override ValidationResult Validate() =>
        Side is "buy" or "sell" ? ValidationResult.Success() : ValidationResult.Error($"a side is buy or sell; not '{Side}'");
}

internal sealed class OrderChangeSettings : CommandSettings
{
    [CommandArgument(0, "<order>")]
    [Description("Id of a working order.")]
    public Guid Order { get; set; }

    [CommandOption("--qty <qty>")]
    [Description("Quantity in all, what is executed already included.")]
    public decimal? Quantity { get; set; }

    [CommandOption("--price <price>")]
    [Description("Limit price.")]
    public decimal? Price { get; set; }

    [CommandOption("--trigger <price>")]
    [Description("Price that sets a stop off.")]
    public decimal? Trigger { get; set; }
}

internal sealed class OrderCancelSettings : CommandSettings
{
    [CommandArgument(0, "<order>")]
    [Description("Id of a working order.")]
    public Guid Order { get; set; }
}
