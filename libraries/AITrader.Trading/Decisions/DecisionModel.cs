using AITrader.Domain.Orders;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Decisions;

/// <summary>From factors to an action and an order. Pure.</summary>
public static class DecisionModel
{
    /// <summary>Decides.</summary>
    public static Decision Decide(DecisionInput input, DecisionRules rules)
    {
        var factors = Factors.Of(input, rules);
        var score = 0m;
        foreach (var factor in factors)
        {
            score += factor.Contribution;
        }

        var action = ActionOf(score, rules);
        if (action == DecisionAction.Hold)
        {
            return Hold(
                score,
                factors,
                Flips.Of(factors, score, rules),
                Denial.Of("SCORE_BELOW_THRESHOLD", ("score", score), ("threshold", rules.Threshold))
            );
        }

        var plan = PlanOf(input, rules, action);
        return Blocked(input, rules, plan) is { } reason
            ? Hold(score, factors, [], reason)
            : new Decision(action, score, Reached(score, rules), factors, Flips.Of(factors, score, rules), plan);
    }

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
        var quantity = input.Terms is { } terms && input.Price > 0m ? terms.FloorToLot(rules.OrderNotional / input.Price) : 0m;
        var shown = side == Side.Buy ? input.Ask : input.Bid;
        var limit = rules.OrderType == OrderType.Limit ? shown ?? input.Price : (decimal?)null;
        return new OrderPlan(side, rules.OrderType, rules.TimeInForce, quantity, limit);
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

        if (plan.Quantity <= 0m)
        {
            return Denial.Of("BELOW_ONE_LOT", ("notional", rules.OrderNotional), ("price", input.Price), ("lot", input.Terms.LotSize));
        }

        return Position(input, rules, plan);
    }

    private static Denial? Position(DecisionInput input, DecisionRules rules, OrderPlan plan)
    {
        var after = input.Exposure + (plan.Side.Sign() * plan.Quantity);
        var reduces = Math.Abs(after) <= Math.Abs(input.Exposure);
        return reduces || Math.Abs(after) * input.Price <= rules.MaxPositionNotional
            ? null
            : Denial.Of("POSITION_LIMIT", ("exposure", input.Exposure), ("after", after), ("max_notional", rules.MaxPositionNotional));
    }
}
