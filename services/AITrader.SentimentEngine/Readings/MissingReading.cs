using AITrader.SentimentEngine.Classifier;

namespace AITrader.SentimentEngine.Readings;

/// <summary>Why there is no reading.</summary>
internal static class MissingReading
{
    public static string Explain(ClassifierStatus classifier) =>
        classifier.CanClassify ? "no sentiment: no source of texts is configured" : $"no sentiment: {classifier.Reason}";
}
