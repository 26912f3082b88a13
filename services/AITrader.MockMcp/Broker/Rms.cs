using System.Globalization;
using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>Why an order was rejected: for people, and as the risk management system has it.</summary>
internal sealed record Rejection(string Message, string Raw);

/// <summary>The risk management system: it judges orders that have an id already.</summary>
internal sealed class Rms(BrokerState state, MarketBoard board, OrderFaults faults)
{
    public const string UserId = "AB1234";

    private const string Scope = $" for entity account-{UserId} across exchange across segment across product ";

    public Rejection? Judge(BrokerOrder order)
    {
        if (faults.TakeReject() is { } requested)
        {
            return new Rejection(requested.Message, requested.Raw);
        }

        var ticket = order.Ticket;
        if (ticket.Variety == "auction")
        {
            return Plain("RMS:Auction market is not open" + Scope);
        }

        var entry = board.Entries[ticket.Token];
        if (ticket.Price > 0 && (ticket.Price < entry.LowerCircuit || ticket.Price > entry.UpperCircuit))
        {
            return Plain("RMS:Rule: Check circuit limit including square off order exceeds " + Scope);
        }

        return ticket is { Product: "CNC", IsBuy: false } ? JudgeDelivery(order) : JudgeMargin(order);
    }

    /// <summary>Margin that the account has left for new orders.</summary>
    public decimal Available => state.Account.OpeningBalance + state.Account.Realised - Used();

    /// <summary>Margin of positions and open orders, but for one.</summary>
    public decimal Used(string exceptOrder = "") =>
        state.Account.DeliveryDebit
        + Margins.OfPositions(state.Account)
        + state.Live.Where(order => order.IsWorking && order.Id != exceptOrder).Sum(Required);

    /// <summary>Margin that an order needs, given what is held and what orders before it close.</summary>
    public decimal Required(BrokerOrder order)
    {
        var ticket = order.Ticket;
        var closing = state
            .Live.Where(other =>
                string.CompareOrdinal(other.Id, order.Id) < 0
                && other.IsWorking
                && (other.Ticket.Symbol, other.Ticket.Product, other.Ticket.IsBuy) == (ticket.Symbol, ticket.Product, ticket.IsBuy)
            )
            .Sum(static other => other.Pending);
        var opening = Margins.Opening(state.Account, ticket, order.Pending, closing);
        return Margins.Of(ticket, opening, PriceOf(ticket));
    }

    /// <summary>Price that an order is expected to trade at.</summary>
    public decimal PriceOf(OrderTicket ticket) =>
        ticket.Price > 0 ? ticket.Price
        : ticket.HasTrigger ? ticket.TriggerPrice
        : board.Entries[ticket.Token].Snapshot.LastPrice;

    /// <summary>Shares that can be sold for delivery.</summary>
    public int Sellable(string symbol, string exceptOrder = "") =>
        (state.Account.Holding(symbol)?.Quantity ?? 0)
        + (state.Account.Position(symbol, "CNC")?.Quantity ?? 0)
        - state
            .Live.Where(other =>
                other.Id != exceptOrder
                && other.IsWorking
                && other.Ticket is { Product: "CNC", IsBuy: false }
                && other.Ticket.Symbol == symbol
            )
            .Sum(static other => other.Pending);

    private static Rejection Plain(string text) => new(text, text);

    private Rejection? JudgeDelivery(BrokerOrder order)
    {
        var sellable = Sellable(order.Ticket.Symbol, order.Id);
        return order.Pending <= sellable
            ? null
            : new Rejection(
                $"Insufficient stock holding. Quantity {order.Pending}, available {sellable}. Check the orderbook for open orders.",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"RMS:Rule: Check holdings including BTST and POA,Required:{order.Pending}, Available:{sellable}{Scope}"
                )
            );
    }

    private Rejection? JudgeMargin(BrokerOrder order)
    {
        var (required, available) = (Required(order), Available + Used() - Used(order.Id));
        return required <= available
            ? null
            : new Rejection(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Insufficient funds. Required margin is {required:F2} but available margin is {available:F2}. Check the orderbook for open orders."
                ),
                string.Create(CultureInfo.InvariantCulture, $"RMS:Margin Exceeds,Required:{required:F2}, Available:{available:F2}{Scope}")
            );
    }
}
