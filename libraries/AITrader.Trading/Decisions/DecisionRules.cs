using AITrader.Domain.Orders;
using AITrader.Trading.Aggregation;

namespace AITrader.Trading.Decisions;

/// <summary>Weights of the factors; with all present they add up to one, so the score lies in [-1, 1].</summary>
/// <param name="Pattern">Weight of the pattern's strength.</param>
/// <param name="Technicals">Weight of trend and momentum.</param>
/// <param name="Forecast">Weight of the forecast move.</param>
/// <param name="Sentiment">Weight of the mood.</param>
/// <param name="Confluence">Weight of what other patterns say.</param>
/// <param name="Regime">Weight of the state of the market.</param>
/// <param name="Advice">Weight of a language model's advice.</param>
/// <param name="PatternClass">Weight of the class that a model gives the last bars.</param>
public sealed record FactorWeights(
    decimal Pattern,
    decimal Technicals,
    decimal Forecast,
    decimal Sentiment,
    decimal Confluence = 0m,
    decimal Regime = 0m,
    decimal Advice = 0m,
    decimal PatternClass = 0m
)
{
    /// <summary>0.45, 0.25, 0.07, 0.05, 0.05, 0.05, 0.05, 0.03.</summary>
    public static FactorWeights Default { get; } = new(0.45m, 0.25m, 0.07m, 0.05m, 0.05m, 0.05m, 0.05m, 0.03m);

    /// <summary>Sum of all.</summary>
    public decimal Sum() => Pattern + Technicals + Forecast + Sentiment + Confluence + Regime + Advice + PatternClass;
}

/// <summary>What a decision goes by, beside the market.</summary>
public sealed record DecisionRules
{
    /// <summary>The defaults.</summary>
    public static DecisionRules Default { get; } = new();

    /// <summary>Weights of the factors.</summary>
    public FactorWeights Weights { get; init; } = FactorWeights.Default;

    /// <summary>How signals are seen together; null in records from before there was any of it.</summary>
    public AggregationRules? Aggregation { get; init; } = AggregationRules.Default;

    /// <summary>Score from which to buy, and below whose negative to sell; in (0, 1]. 0.30.</summary>
    public decimal Threshold { get; init; } = 0.30m;

    /// <summary>Forecast move, in basis points, that counts in full. 10.</summary>
    public decimal ForecastScaleBps { get; init; } = 10m;

    /// <summary>Trades that the averages need first. 50.</summary>
    public long WarmUpTrades { get; init; } = 50;

    /// <summary>Event time between two orders of one symbol. 5 s.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Notional of one order, in quote currency. 10 000.</summary>
    public decimal OrderNotional { get; init; } = 10_000m;

    /// <summary>Largest notional of a position with its working orders. 30 000.</summary>
    public decimal MaxPositionNotional { get; init; } = 30_000m;

    /// <summary>Largest notional of all positions of the rule with their working orders; null for no such bound.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Market, or limit at the price that the other side shows.</summary>
    public OrderType OrderType { get; init; } = OrderType.Market;

    /// <summary>Time in force of the orders.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Day;

    internal AggregationRules Together => Aggregation ?? AggregationRules.None;
}
