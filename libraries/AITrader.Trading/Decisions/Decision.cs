using AITrader.Domain.Orders;

namespace AITrader.Trading.Decisions;

/// <summary>What to do.</summary>
public enum DecisionAction
{
    /// <summary>Nothing.</summary>
    Hold,

    /// <summary>Buy.</summary>
    Buy,

    /// <summary>Sell.</summary>
    Sell,
}

/// <summary>One part of a score.</summary>
/// <param name="Name">pattern, technicals, forecast, sentiment, confluence, regime or advice.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Value">Its value in [-1, 1]; zero where it is absent.</param>
/// <param name="Contribution">Weight times value; the contributions add up to the score.</param>
/// <param name="Note">What it rests on, or why it is absent.</param>
public sealed record Factor(string Name, decimal Weight, decimal Value, decimal Contribution, string Note)
{
    /// <summary>Whether there was something to go by.</summary>
    public bool IsPresent { get; init; } = true;
}

/// <summary>The value at which one factor alone would have led to another action.</summary>
/// <param name="Factor">Name of the factor.</param>
/// <param name="ValueNeeded">That value, in [-1, 1].</param>
/// <param name="Action">The action it would have led to.</param>
public sealed record Flip(string Factor, decimal ValueNeeded, DecisionAction Action);

/// <summary>The order that a decision leads to.</summary>
/// <param name="Side">Buy or sell.</param>
/// <param name="Type">Market or limit.</param>
/// <param name="TimeInForce">Time in force.</param>
/// <param name="Quantity">A whole number of lots.</param>
/// <param name="LimitPrice">On the tick grid; null for a market order.</param>
public sealed record OrderPlan(Side Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal? LimitPrice);

/// <summary>A decision with its reasons.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Score">Sum of the contributions.</param>
/// <param name="Reason">A code, then key=value context.</param>
/// <param name="Factors">The parts of the score, in a fixed order.</param>
/// <param name="Flips">What would have led elsewhere, one factor at a time; empty where a rule, not the score, decided.</param>
/// <param name="Order">The order; null when holding.</param>
public sealed record Decision(
    DecisionAction Action,
    decimal Score,
    string Reason,
    IReadOnlyList<Factor> Factors,
    IReadOnlyList<Flip> Flips,
    OrderPlan? Order
);
