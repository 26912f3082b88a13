using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

/// <summary><c>orders place</c>: sends an order and says what became of it.</summary>
internal sealed class OrderPlaceCommand(GatewayConnector gateway, OrderFollower follower, IAnsiConsole console)
    : AsyncCommand<OrderPlaceSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, OrderPlaceSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var sent = await client.PostAsync("/api/v1/orders", BodyOf(settings), cancellationToken);
        var order = await follower.TakenAsync(client, sent.GetProperty("order_id").GetGuid(), cancellationToken);
        console.SayAll(OrderView.Lines(order));
        if (settings.Run is null && OrderView.HasNoPrice(order))
        {
            console.Say(
                "the live market has no price of it; --run NAME sends the order to a replay (`./aitrader runs` names the one that is running)"
            );
        }

        return OrderView.IsRefused(order) ? ExitCodes.Failed : ExitCodes.Done;
    }

    internal static Dictionary<string, object?> BodyOf(OrderPlaceSettings settings) =>
        new Dictionary<string, object?>
        {
            ["symbol"] = settings.Symbol,
            ["side"] = settings.Side.ToUpperInvariant(),
            ["qty"] = settings.Quantity,
            ["type"] = settings.TypeOrFitting.ToUpperInvariant(),
            ["tif"] = settings.Tif.ToUpperInvariant(),
            ["price"] = settings.Price,
            ["trigger_price"] = settings.Trigger,
            ["trailing_amount"] = settings.Trail,
            ["display_qty"] = settings.Display,
            ["good_till"] = settings.GoodTill,
            ["take_profit"] = settings.TakeProfit,
            ["stop_loss"] = settings.StopLoss,
            ["reduce_only"] = settings.ReduceOnly,
            ["post_only"] = settings.PostOnly,
            ["run"] = settings.Run,
        }
            .Where(static part => part.Value is not null)
            .ToDictionary();
}
