namespace AITrader.StrategyEngine.Sentiment;

/// <summary>How old a reading may be.</summary>
/// <param name="MaxAge">Age, in event time, from which it does not count.</param>
internal sealed record SentimentSettings(TimeSpan MaxAge);
