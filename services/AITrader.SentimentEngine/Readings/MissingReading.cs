using AITrader.SentimentEngine.Classifier;

namespace AITrader.SentimentEngine.Readings;

/// <summary>Explains why there is no sentiment reading.</summary>
internal static class MissingReading
{
    public static string Explain(ClassifierStatus classifier) =>
        classifier.CanClassify ? "no sentiment: no source of texts is configured" : $"no sentiment: {classifier.Reason}";
}
