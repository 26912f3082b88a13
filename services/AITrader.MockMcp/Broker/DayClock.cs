using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Broker;

/// <summary>What happens to orders because of the time: they expire, they are released at the opening, and under market hours intraday
/// positions are ended before the close. Not safe from several threads.</summary>
internal sealed class DayClock(BrokerState state, OrderFlow flow, IOptions<BrokerOptions> options)
{
    private DateOnly? _squaredOff;

    public void Step(DateTimeOffset now)
    {
        foreach (var order in state.Live)
        {
            if (order.Status == OrderStatus.AmoReceived)
            {
                Release(order, now);
            }
            else if (IsOver(order, now))
            {
                flow.End(order, now);
            }
        }

        SquareOff(now);
    }

    private void Release(BrokerOrder order, DateTimeOffset now)
    {
        if (order.NotBefore <= now)
        {
            flow.Release(order, now);
        }
    }

    private bool IsOver(BrokerOrder order, DateTimeOffset now)
    {
        // A state between two others is left when the process was killed there.
        if (!order.IsWorking)
        {
            return order.RequestedAt < now.AddSeconds(-1);
        }

        var entered = IndianTime.LocalOf(order.ExchangeAt ?? order.PlacedAt);
        var local = IndianTime.LocalOf(now);
        return order.Ticket.Validity == "TTL" && now >= order.RequestedAt.AddMinutes(order.Ticket.ValidityMinutes)
            || entered.Date < local.Date
            || (options.Value.MarketHours && local.TimeOfDay >= TradingHours.Close);
    }

    private void SquareOff(DateTimeOffset now)
    {
        var local = IndianTime.LocalOf(now);
        var today = DateOnly.FromDateTime(local);
        if (!options.Value.MarketHours || _squaredOff == today || !TradingHours.Contain(local) || local.TimeOfDay < TradingHours.SquareOff)
        {
            return;
        }

        _squaredOff = today;
        foreach (var order in state.Live.Where(static order => order is { IsWorking: true, Ticket.Product: "MIS" }))
        {
            flow.End(order, now);
        }

        foreach (var held in state.Account.Positions.Where(static held => held is { Product: "MIS", Quantity: not 0 }).ToList())
        {
            flow.Place(
                new OrderTicket
                {
                    Variety = "regular",
                    Exchange = held.Exchange,
                    Symbol = held.Symbol,
                    Token = held.Token,
                    IsBuy = held.Quantity < 0,
                    OrderType = "MARKET",
                    Product = held.Product,
                    Quantity = Math.Abs(held.Quantity),
                },
                now
            );
        }
    }
}
