using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

/// <summary><c>orders cancel</c>: asks for the cancel of a working order.</summary>
internal sealed class OrderCancelCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<OrderCancelSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, OrderCancelSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/orders/{settings.Order}", body: null, cancellationToken);
        console.Say($"asked for; what becomes of it is at order {settings.Order}");
        return ExitCodes.Done;
    }
}
