using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Orders;

/// <summary>The commands under <c>orders</c>.</summary>
internal static class OrderCommands
{
    public static void AddTo(IConfigurator commands) => commands.AddBranch("orders", static orders =>
        {
            orders.SetDescription("Orders: list, place, change, cancel.");
            orders.SetDefaultCommand<OrderListCommand>();
            orders
                .AddCommand<OrderListCommand>("list")
                .WithDescription("Orders, newest first.")
                .WithExample("orders")
                .WithExample("orders", "list", "--status", "ACCEPTED", "--run", "live");
            orders
                .AddCommand<OrderPlaceCommand>("place")
                .WithDescription("Send an order; says whether it was taken.")
                .WithExample("orders", "place", "buy", "10", "NSE:INFY")
                .WithExample("orders", "place", "buy", "0.1", "BTCUSDT", "--run", "demo-1")
                .WithExample("orders", "place", "sell", "10", "NSE:INFY", "--trigger", "1400", "--reduce-only", "--tif", "GTC");
            orders
                .AddCommand<OrderChangeCommand>("change")
                .WithDescription("Ask for new terms of a working order.")
                .WithExample("orders", "change", "0198c0de-0000-7000-8000-000000000000", "--price", "55000");
            orders
                .AddCommand<OrderCancelCommand>("cancel")
                .WithDescription("Ask for the cancel of a working order.")
                .WithExample("orders", "cancel", "0198c0de-0000-7000-8000-000000000000");
        });
}
