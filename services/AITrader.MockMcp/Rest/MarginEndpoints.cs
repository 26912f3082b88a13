using System.Text.Json;
using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Shapes;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Rest;

/// <summary>What orders would need and cost. The bodies are JSON.</summary>
internal static class MarginEndpoints
{
    public static void MapMargins(this IEndpointRouteBuilder routes)
    {
        var signed = routes.MapGroup("").AddEndpointFilter<KiteRequestFilter>();
        signed.MapPost("/margins/orders", OrdersAsync);
        signed.MapPost("/margins/basket", BasketAsync);
        signed.MapPost("/charges/orders", ChargesAsync);
    }

    private static async Task<IResult> OrdersAsync(HttpRequest request, BrokerDesk desk, CancellationToken ct)
    {
        var shape = Shape(request);
        return KiteResults.Data(
            (await ReadAsync(request, ct)).Select(row => shape(row.Ticket, desk.Read((_, rms) => rms.PriceOf(row.Ticket)))).ToList()
        );
    }

    private static async Task<IResult> BasketAsync(HttpRequest request, BrokerDesk desk, CancellationToken ct)
    {
        var tickets = (await ReadAsync(request, ct)).Select(static row => row.Ticket).ToList();
        var shape = Shape(request);
        var counts = request.Query["consider_positions"].ToString() is "true" or "1";
        return KiteResults.Data(
            desk.Read(
                (account, rms) =>
                    new
                    {
                        Initial = Sum(tickets.Sum(ticket => Margins.Of(ticket, ticket.Quantity, rms.PriceOf(ticket)))),
                        Final = Sum(Final(tickets, counts ? account : new Account(0), rms)),
                        Orders = tickets.Select(ticket => shape(ticket, rms.PriceOf(ticket))).ToList(),
                    }
            )
        );
    }

    // The orders of a basket that close one another need nothing.
    private static decimal Final(IReadOnlyList<OrderTicket> tickets, Account account, Rms rms) =>
        tickets
            .GroupBy(static ticket => (ticket.Symbol, ticket.Product))
            .Sum(group =>
            {
                var net = group.Sum(static ticket => ticket.IsBuy ? ticket.Quantity : -ticket.Quantity);
                var like = group.First() with { IsBuy = net > 0 };
                return Margins.Of(like, Margins.Opening(account, like, Math.Abs(net), 0), rms.PriceOf(like));
            });

    private static object Sum(decimal total) =>
        new
        {
            Type = string.Empty,
            Tradingsymbol = string.Empty,
            Exchange = string.Empty,
            Span = 0,
            Exposure = 0,
            OptionPremium = 0,
            Additional = 0,
            Bo = 0,
            Cash = 0,
            Var = total,
            Pnl = new { Realised = 0, Unrealised = 0 },
            Leverage = 0,
            Charges = Charges.Of("CNC", isBuy: true, 0) with
            {
                TransactionTaxType = string.Empty,
            },
            Total = total,
        };

    private static async Task<IResult> ChargesAsync(HttpRequest request, CancellationToken ct) =>
        KiteResults.Data(
            (await ReadAsync(request, ct))
                .Select(static row =>
                {
                    var price = row.Fields.Number("average_price") ?? throw Missing("average_price");
                    return new
                    {
                        TransactionType = row.Ticket.Side,
                        Tradingsymbol = row.Ticket.Symbol,
                        row.Ticket.Exchange,
                        row.Ticket.Variety,
                        row.Ticket.Product,
                        row.Ticket.OrderType,
                        row.Ticket.Quantity,
                        Price = price,
                        Charges = Charges.Of(row.Ticket.Product, row.Ticket.IsBuy, row.Ticket.Quantity * price),
                    };
                })
                .ToList()
        );

    private static Func<OrderTicket, decimal, object> Shape(HttpRequest request) =>
        request.Query["mode"] == "compact" ? AccountShape.CompactMargin : AccountShape.Margin;

    private static async Task<IReadOnlyList<(OrderTicket Ticket, RequestFields Fields)>> ReadAsync(
        HttpRequest request,
        CancellationToken ct
    )
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            return body.RootElement.ValueKind == JsonValueKind.Array
                ? [.. body.RootElement.EnumerateArray().Select(static row => Read(RequestFields.Of(row.Clone())))]
                : throw Input("Invalid JSON: a list of orders is expected.");
        }
        catch (JsonException)
        {
            throw Input("Invalid JSON: a list of orders is expected.");
        }
    }

    private static (OrderTicket Ticket, RequestFields Fields) Read(RequestFields fields) =>
        (OrderForm.Ticket(fields.Required("variety"), fields), fields);
}
