using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

/// <summary><c>orders change</c>: asks for new terms of a working order.</summary>
internal sealed class OrderChangeCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<OrderChangeSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, OrderChangeSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var body = new Dictionary<string, object?>
        {
            ["qty"] = settings.Quantity,
            ["price"] = settings.Price,
            ["trigger_price"] = settings.Trigger,
        };
        await client.SendAsync(
            HttpMethod.Patch,
            $"/api/v1/orders/{settings.Order}",
            body.Where(static part => part.Value is not null).ToDictionary(),
            cancellationToken
        );
        console.Say($"asked for; what becomes of it is at order {settings.Order}");
        return ExitCodes.Done;
    }
}
