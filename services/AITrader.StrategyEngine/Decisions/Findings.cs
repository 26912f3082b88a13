using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Sentiment;
using AITrader.Trading.Aggregation;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>What was found out for a signal, beside what it carries itself.</summary>
internal sealed record Findings(
    IReadOnlyList<RecentSignal> Recent,
    LadderStep Forecast,
    SentimentStep Sentiment,
    PositionView Position,
    decimal? OtherNotional
);
