using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Decisions;

/// <summary>From factors to an action and an order. Pure.</summary>
public static class DecisionModel
{
    /// <summary>Reason of a decision about a signal that says once more what another said.</summary>
    public const string RepeatedSignal = "REPEATED_SIGNAL";

    /// <summary>Reason of a decision whose score leads to no action.</summary>
    public const string BelowThreshold = "SCORE_BELOW_THRESHOLD";

    /// <summary>Decides.</summary>
    public static Decision Decide(DecisionInput input, DecisionRules rules)
    {
        var factors = Factors.Of(input, rules);
        var score = 0m;
        foreach (var factor in factors)
        {
            score += factor.Contribution;
        }

        if (Repeated(input, rules) is { } repeat)
        {
            return Hold(score, factors, [], repeat);
        }

        var action = ActionOf(score, rules);
        if (action == DecisionAction.Hold)
        {
            return Hold(
                score,
                factors,
                Flips.Of(factors, score, rules),
                Denial.Of(BelowThreshold, ("score", score), ("threshold", rules.Threshold))
            );
        }

        var plan = PlanOf(input, rules, action);
        return Blocked(input, rules, plan) is { } reason
            ? Hold(score, factors, [], reason)
            : new Decision(action, score, Reached(score, rules), factors, Flips.Of(factors, score, rules), plan);
    }

    /// <summary>Why a signal is no new one; null where it is. Known before anything is asked for it.</summary>
    public static Denial? Repeated(DecisionInput input, DecisionRules rules) =>
        Repeats.Original(input.Recent ?? [], input.Pattern, input.Direction, input.EventTime, rules.Together) is { } original
            ? Denial.Of(RepeatedSignal, ("at", original.At), ("window", rules.Together.RepeatWindow))
            : null;

    /// <summary>The action of a score: BUY from the threshold up, SELL from its negative down.</summary>
    internal static DecisionAction ActionOf(decimal score, DecisionRules rules) =>
        score >= rules.Threshold ? DecisionAction.Buy
        : score <= -rules.Threshold ? DecisionAction.Sell
        : DecisionAction.Hold;

    private static string Reached(decimal score, DecisionRules rules) =>
        Denial.Of("SCORE_REACHED", ("score", score), ("threshold", rules.Threshold)).ToString();

    private static Decision Hold(decimal score, IReadOnlyList<Factor> factors, IReadOnlyList<Flip> flips, Denial reason) =>
        new(DecisionAction.Hold, score, reason.ToString(), factors, flips, null);

    private static OrderPlan PlanOf(DecisionInput input, DecisionRules rules, DecisionAction action)
    {
        var side = action == DecisionAction.Buy ? Side.Buy : Side.Sell;
        var quantity = input.Terms is { } terms && input.Price > 0m ? Quantity(input, rules, terms, side) : 0m;
        var shown = side == Side.Buy ? input.Ask : input.Bid;
        var limit = rules.OrderType == OrderType.Limit ? shown ?? input.Price : (decimal?)null;
        return new OrderPlan(side, rules.OrderType, rules.TimeInForce, quantity, limit);
    }

    // What closes a position needs no margin; beyond that the free margin bounds the order, and never raises it.
    private static decimal Quantity(DecisionInput input, DecisionRules rules, Instrument terms, Side side)
    {
        var wanted = terms.FloorToLot(rules.OrderNotional / input.Price);
        if (input.AvailableMargin is not { } margin)
        {
            return wanted;
        }

        var closing = Math.Max(0m, -side.Sign() * input.Exposure);
        return Math.Min(wanted, terms.FloorToLot(closing + (Math.Max(0m, margin) / input.Price)));
    }

    // The first rule that stands against the order.
    private static Denial? Blocked(DecisionInput input, DecisionRules rules, OrderPlan plan)
    {
        if (input.Objection is { } objection)
        {
            return objection;
        }

        if (input.Terms is null)
        {
            return Denial.Of("UNKNOWN_INSTRUMENT");
        }

        if (input.Trades < rules.WarmUpTrades)
        {
            return Denial.Of("WARM_UP", ("trades", input.Trades), ("needed", rules.WarmUpTrades));
        }

        if (input.LastOrderAt is { } last && input.EventTime < last + rules.CoolDown)
        {
            return Denial.Of("COOL_DOWN", ("until", last + rules.CoolDown));
        }

        if (plan.Quantity <= 0m && input.AvailableMargin is { } margin && rules.OrderNotional > margin)
        {
            return Denial.Of("MARGIN_BELOW_ONE_LOT", ("margin", margin), ("price", input.Price), ("lot", input.Terms.LotSize));
        }

        if (plan.Quantity <= 0m)
        {
            return Denial.Of("BELOW_ONE_LOT", ("notional", rules.OrderNotional), ("price", input.Price), ("lot", input.Terms.LotSize));
        }

        return Position(input, rules, plan);
    }

    private static Denial? Position(DecisionInput input, DecisionRules rules, OrderPlan plan)
    {
        var after = input.Exposure + (plan.Side.Sign() * plan.Quantity);
        if (Math.Abs(after) <= Math.Abs(input.Exposure))
        {
            return null;
        }

        var notional = Math.Abs(after) * input.Price;
        if (notional > rules.MaxPositionNotional)
        {
            return Denial.Of("POSITION_LIMIT", ("exposure", input.Exposure), ("after", after), ("max_notional", rules.MaxPositionNotional));
        }

        var all = notional + (input.OtherNotional ?? 0m);
        return rules.Budget is { } budget && all > budget ? Denial.Of("RULE_BUDGET_EXCEEDED", ("notional", all), ("budget", budget)) : null;
    }
}
