using AITrader.Domain.Instruments;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Decisions;

/// <summary>A forecast as a factor sees it.</summary>
/// <param name="EndPrice">Last price of the horizon.</param>
/// <param name="BasePrice">Price that the forecast started from.</param>
/// <param name="Freshness">1 for one made for this decision, falling to 0 for a cached one at the end of its life.</param>
/// <param name="Note">Where it came from.</param>
public sealed record ForecastReading(double EndPrice, double BasePrice, double Freshness, string Note);

/// <summary>The class that a model gives the last bars, as a factor sees it.</summary>
/// <param name="Lean">Probability of classes that point up minus that of classes that point down, in [-1, 1].</param>
/// <param name="Note">Model, version and class.</param>
public sealed record PatternClassInput(double Lean, string Note);

/// <summary>The mood as a factor sees it.</summary>
/// <param name="Score">In [-1, 1].</param>
/// <param name="Note">Where it came from.</param>
public sealed record SentimentInput(double Score, string Note);

/// <summary>A language model's advice as a factor sees it.</summary>
/// <param name="Value">Advice × confidence, in [-1, 1].</param>
/// <param name="Note">Where it came from.</param>
public sealed record AdviceReading(double Value, string Note);

/// <summary>Everything that a decision rests on.</summary>
public sealed record DecisionInput
{
    /// <summary>The instrument; null where the catalogue does not have it.</summary>
    public required Instrument? Terms { get; init; }

    /// <summary>Detector that found the pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>+1 where it points up, -1 where it points down.</summary>
    public required int Direction { get; init; }

    /// <summary>Its strength in [0, 1].</summary>
    public required double PatternScore { get; init; }

    /// <summary>Last trade price.</summary>
    public required decimal Price { get; init; }

    /// <summary>Best bid, where known.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Best ask, where known.</summary>
    public decimal? Ask { get; init; }

    /// <summary>Fast average of trade prices.</summary>
    public required double EmaFast { get; init; }

    /// <summary>Slow average of trade prices.</summary>
    public required double EmaSlow { get; init; }

    /// <summary>RSI in [0, 100].</summary>
    public required double Rsi { get; init; }

    /// <summary>Average absolute change from trade to trade.</summary>
    public required double Atr { get; init; }

    /// <summary>Trades seen.</summary>
    public required long Trades { get; init; }

    /// <summary>The forecast; null where there is none.</summary>
    public ForecastReading? Forecast { get; init; }

    /// <summary>Why there is no forecast.</summary>
    public string ForecastAbsence { get; init; } = string.Empty;

    /// <summary>The mood; null where there is none.</summary>
    public SentimentInput? Sentiment { get; init; }

    /// <summary>Why there is no mood.</summary>
    public string SentimentAbsence { get; init; } = string.Empty;

    /// <summary>The class of the last bars; null where there is none.</summary>
    public PatternClassInput? PatternClass { get; init; }

    /// <summary>Why there is no class; null in records from before there was any.</summary>
    public string? PatternClassAbsence { get; init; }

    /// <summary>Earlier signals of the symbol; null in records from before they counted.</summary>
    public IReadOnlyList<RecentSignal>? Recent { get; init; }

    /// <summary>State of the market; null where it cannot be told.</summary>
    public RegimeReading? Regime { get; init; }

    /// <summary>A language model's advice; null where there is none.</summary>
    public AdviceReading? Advice { get; init; }

    /// <summary>Why there is no advice.</summary>
    public string? AdviceAbsence { get; init; }

    /// <summary>Notional of what the rule holds and asks for in other symbols; null where it has no budget.</summary>
    public decimal? OtherNotional { get; init; }

    /// <summary>Money that the broker says is free for the order; null where no broker was asked.</summary>
    public decimal? AvailableMargin { get; init; }

    /// <summary>Event time of the signal.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>Event time of the last order of the symbol; null where there was none.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>What stands against an order for reasons outside of the rules; null where nothing does.</summary>
    public Denial? Objection { get; init; }

    /// <summary>Signed position, with the open quantity of working orders.</summary>
    public required decimal Exposure { get; init; }
}
