using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Orders;
using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Hosting;
using AITrader.StrategyEngine.Sentiment;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>Rules of decisions. Times are event time unless said otherwise.</summary>
internal sealed class StrategyOptions : IValidatableObject
{
    public const string Section = "Strategy";

    /// <summary>Whether signals are decided by the built-in rule. Default true; false leaves the market to the hosted strategies.</summary>
    public bool BuiltIn { get; set; } = true;

    /// <summary>Weight of the pattern. Default 0.45.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal PatternWeight { get; set; } = FactorWeights.Default.Pattern;

    /// <summary>Weight of trend and momentum. Default 0.25.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal TechnicalsWeight { get; set; } = FactorWeights.Default.Technicals;

    /// <summary>Weight of the forecast. Default 0.07.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal ForecastWeight { get; set; } = FactorWeights.Default.Forecast;

    /// <summary>Weight of the class that a model gives the last bars. Default 0.03.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal PatternClassWeight { get; set; } = FactorWeights.Default.PatternClass;

    /// <summary>Weight of the sentiment. Default 0.05.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal SentimentWeight { get; set; } = FactorWeights.Default.Sentiment;

    /// <summary>Weight of what the symbol's other patterns say. Default 0.05.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal ConfluenceWeight { get; set; } = FactorWeights.Default.Confluence;

    /// <summary>Weight of the state of the market. Default 0.05.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal RegimeWeight { get; set; } = FactorWeights.Default.Regime;

    /// <summary>Weight of a language model's advice, where it is asked: the most that advice can move a score. Default 0.05.</summary>
    [Range(typeof(decimal), "0", "1")]
    public decimal AdviceWeight { get; set; } = FactorWeights.Default.Advice;

    /// <summary>Time in which a signal of the same pattern and direction is the same signal once more, and is passed over. Default 1 s;
    /// zero
    /// for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RepeatWindow { get; set; } = AggregationRules.Default.RepeatWindow;

    /// <summary>Time in which signals of other patterns agree or contradict. Default 30 s; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConfluenceWindow { get; set; } = AggregationRules.Default.ConfluenceWindow;

    /// <summary>Sum of the strengths of other patterns that counts in full. Default 1.5.</summary>
    [Range(0.1, 100)]
    public double ConfluenceFull { get; set; } = AggregationRules.Default.ConfluenceFull;

    /// <summary>Net move over the sum of all moves of the last trades, from which a market trends. Default 0.3.</summary>
    [Range(0.01, 1)]
    public double TrendEfficiency { get; set; } = AggregationRules.Default.TrendEfficiency;

    /// <summary>Newest moves over the average one, from which a market is volatile. Default 2.</summary>
    [Range(1.01, 1000)]
    public double VolatileRatio { get; set; } = AggregationRules.Default.VolatileRatio;

    /// <summary>Score from which to act. Default 0.30.</summary>
    [Range(typeof(decimal), "0.000000001", "1")]
    public decimal Threshold { get; set; } = DecisionRules.Default.Threshold;

    /// <summary>Forecast move that counts in full, in basis points. Default 10.</summary>
    [Range(typeof(decimal), "0.001", "10000")]
    public decimal ForecastScaleBps { get; set; } = DecisionRules.Default.ForecastScaleBps;

    /// <summary>Trades that the averages need first. Default 50.</summary>
    [Range(0, long.MaxValue)]
    public long WarmUpTrades { get; set; } = DecisionRules.Default.WarmUpTrades;

    /// <summary>Time between two orders of one symbol. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CoolDown { get; set; } = DecisionRules.Default.CoolDown;

    /// <summary>Notional of one order, in quote currency. Default 10 000.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal OrderNotional { get; set; } = DecisionRules.Default.OrderNotional;

    /// <summary>Largest notional of a position with its working orders. Default 30 000.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal MaxPositionNotional { get; set; } = DecisionRules.Default.MaxPositionNotional;

    /// <summary>Budget of the built-in rule: largest notional of its positions in all symbols with their working orders. Default none.
    /// </summary>
    [Range(typeof(decimal), "0", "1000000000000")]
    public decimal? Budget { get; set; }

    /// <summary>paper (default), or live: only then may the built-in rule send orders where <c>Strategies:LiveAccount</c> is a broker's.
    /// </summary>
    [RegularExpression("^(paper|live)$")]
    public string Mode { get; set; } = TradingModes.Paper;

    /// <summary>MARKET (default), or LIMIT at the price that the other side shows.</summary>
    [RegularExpression("^(MARKET|LIMIT)$")]
    public string OrderType { get; set; } = "MARKET";

    /// <summary>DAY (default), GTC, IOC or FOK.</summary>
    [RegularExpression("^(DAY|GTC|IOC|FOK)$")]
    public string TimeInForce { get; set; } = "DAY";

    /// <summary>Model that forecasts. Default nbeats.</summary>
    [Required]
    public string ForecastModel { get; set; } = "nbeats";

    /// <summary>Live only: age from which a cached forecast is not used. Default 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CachedForecastLife { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>Live only, wall clock: age from which a signal leads to no order. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxSignalAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Age, in event time, from which a sentiment reading does not count. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SentimentMaxAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Where the state of the sentiment engine is asked. Default http://sentiment-engine.</summary>
    [Required]
    public string SentimentEngine { get; set; } = "http://sentiment-engine";

    public ForecastSettings Forecasts => new(ForecastModel, CachedForecastLife);

    public SentimentSettings Sentiments => new(SentimentMaxAge);

    public AggregationRules Aggregation =>
        new()
        {
            RepeatWindow = RepeatWindow,
            ConfluenceWindow = ConfluenceWindow,
            ConfluenceFull = ConfluenceFull,
            TrendEfficiency = TrendEfficiency,
            VolatileRatio = VolatileRatio,
        };

    public FactorWeights Weights =>
        new(
            PatternWeight,
            TechnicalsWeight,
            ForecastWeight,
            SentimentWeight,
            ConfluenceWeight,
            RegimeWeight,
            AdviceWeight,
            PatternClassWeight
        );

    public DecisionRules Rules =>
        new()
        {
            Weights = Weights,
            Aggregation = Aggregation,
            Threshold = Threshold,
            ForecastScaleBps = ForecastScaleBps,
            WarmUpTrades = WarmUpTrades,
            CoolDown = CoolDown,
            OrderNotional = OrderNotional,
            MaxPositionNotional = MaxPositionNotional,
            Budget = Budget,
            OrderType = WireNames.FindType(OrderType) ?? Domain.Orders.OrderType.Market,
            TimeInForce = WireNames.FindTimeInForce(TimeInForce) ?? Domain.Orders.TimeInForce.Day,
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Weights.Sum() > 1m)
        {
            yield return new ValidationResult(
                "The weights add up to more than 1, so a score could leave [-1, 1].",
                [nameof(PatternWeight)]
            );
        }
    }
}

[OptionsValidator]
internal sealed partial class StrategyOptionsValidator : IValidateOptions<StrategyOptions>;
