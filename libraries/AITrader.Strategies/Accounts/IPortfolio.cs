using AITrader.Domain.Orders;
using AITrader.Domain.Positions;

namespace AITrader.Strategies.Accounts;

/// <summary>The account that a strategy trades on, as it is known by now.</summary>
public interface IPortfolio
{
    /// <summary>Cash, in the account's currency.</summary>
    decimal Cash { get; }

    /// <summary>Cash that neither short positions nor working orders hold.</summary>
    decimal FreeCash { get; }

    /// <summary>Cash plus the market value of all positions.</summary>
    decimal Equity { get; }

    /// <summary>Working orders, in time priority.</summary>
    IReadOnlyList<Order> Working { get; }

    /// <summary>Position of a symbol; flat where there is none.</summary>
    Position PositionOf(string symbol);

    /// <summary>Price of the newest tick of a symbol; null before the first.</summary>
    decimal? PriceOf(string symbol);
}
