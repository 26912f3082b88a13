namespace AITrader.Trading.Decisions;

/// <summary>What would have flipped a decision, one factor at a time.</summary>
public static class Flips
{
    private const int Decimals = 9;
    private const decimal Step = 0.000000001m;

    /// <summary>
    /// For each present factor the value nearest to its own, within [-1, 1], at which the score would have led to another
    /// action; factors that could not have done it alone are left out.
    /// </summary>
    public static IReadOnlyList<Flip> Of(IReadOnlyList<Factor> factors, decimal score, DecisionRules rules)
    {
        var flips = new List<Flip>();
        foreach (var factor in factors)
        {
            if (factor.IsPresent && factor.Weight > 0m && Nearest(factor, score, rules) is { } flip)
            {
                flips.Add(flip);
            }
        }

        return flips;
    }

    private static Flip? Nearest(Factor factor, decimal score, DecisionRules rules)
    {
        var action = DecisionModel.ActionOf(score, rules);
        var others = score - factor.Contribution;
        var up = Value(factor, others, action == DecisionAction.Sell ? -rules.Threshold + Step : rules.Threshold, decimal.Ceiling);
        var down = Value(factor, others, action == DecisionAction.Buy ? rules.Threshold - Step : -rules.Threshold, decimal.Floor);
        var value = action switch
        {
            DecisionAction.Buy => down,
            DecisionAction.Sell => up,
            _ => Closer(factor.Value, up, down),
        };
        return value is { } needed
            ? new Flip(
                factor.Name,
                needed,
                DecisionModel.ActionOf(others + decimal.Round(factor.Weight * needed, Decimals, MidpointRounding.ToEven), rules)
            )
            : null;
    }

    // Rounded away from the present action, so that the value found does flip it.
    private static decimal? Value(Factor factor, decimal others, decimal target, Func<decimal, decimal> round)
    {
        var value = round((target - others) / factor.Weight / Step) * Step;
        return Math.Abs(value) <= 1m ? value : null;
    }

    private static decimal? Closer(decimal from, decimal? up, decimal? down)
    {
        if (up is not { } upper || down is not { } lower)
        {
            return up ?? down;
        }

        return Math.Abs(upper - from) <= Math.Abs(lower - from) ? upper : lower;
    }
}
