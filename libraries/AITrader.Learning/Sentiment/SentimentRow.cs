namespace AITrader.Learning.Sentiment;

/// <summary>What a text says about the instrument that it speaks of, numbered as the twitter set of financial news numbers it.</summary>
public enum SentimentLabel
{
    /// <summary>Bad news: bearish.</summary>
    Negative = 0,

    /// <summary>Good news: bullish.</summary>
    Positive = 1,

    /// <summary>Neither.</summary>
    Neutral = 2,
}

/// <summary>A text that somebody has judged.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">What it says.</param>
public sealed record SentimentRow(string Text, SentimentLabel Label);
