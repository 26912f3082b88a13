using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Accounts;

/// <summary>What orders and positions need.</summary>
internal static class Margins
{
    private const decimal IntradayLeverage = 5;

    public static decimal Leverage(OrderTicket ticket) => ticket.Variety == "co" ? IntradayLeverage : Leverage(ticket.Product);

    public static decimal Leverage(string product) => product == "MIS" ? IntradayLeverage : 1;

    /// <summary>Margin of a quantity alone, whatever is held.</summary>
    public static decimal Of(OrderTicket ticket, int quantity, decimal price) => quantity * price / Leverage(ticket);

    /// <summary>Margin of what is open in all products but delivery.</summary>
    public static decimal OfPositions(Account account) =>
        account
            .Positions.Where(static held => held.Product != "CNC")
            .Sum(static held => Math.Abs(held.Quantity) * held.AveragePrice / Leverage(held.Product));

    /// <summary>The part of an order that opens or adds to a position: only that needs margin.</summary>
    /// <param name="account">Holds the position.</param>
    /// <param name="ticket">The order.</param>
    /// <param name="quantity">Its quantity.</param>
    /// <param name="closing">Quantity of other orders that close the same position.</param>
    public static int Opening(Account account, OrderTicket ticket, int quantity, int closing)
    {
        if (ticket.Product == "CNC" && !ticket.IsBuy)
        {
            return 0;
        }

        var held = account.Position(ticket.Symbol, ticket.Product)?.Quantity ?? 0;
        var open = Math.Max(0, (ticket.IsBuy ? -held : held) - closing);
        return Math.Max(0, quantity - open);
    }
}
