using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

/// <summary><c>orders</c>: lists orders, newest first.</summary>
internal sealed class OrderListCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<OrderListSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, OrderListSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var query = string.Join(
            '&',
            new (string Name, string? Value)[]
            {
                ("limit", settings.Count.ToString(CultureInfo.InvariantCulture)),
                ("status", settings.Status?.ToUpperInvariant()),
                ("symbol", settings.Symbol),
                ("run", settings.Run),
            }
                .Where(static part => part.Value is not null)
                .Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")
        );
        var orders = await client.GetAsync($"/api/v1/orders?{query}", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(orders);
        }
        else
        {
            console.Write(OrderView.Table(orders));
        }

        return ExitCodes.Done;
    }
}
