using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Polling;

namespace AITrader.SentimentEngine.Readings;

/// <summary>Explains why there is no sentiment reading.</summary>
internal static class MissingReading
{
    public static string Explain(ClassifierStatus classifier, IReadOnlyList<SourceState> sources) =>
        !classifier.CanClassify ? $"no sentiment: {classifier.Reason}"
        : sources.Count == 0 ? "no sentiment: no source of texts is configured"
        : sources.All(static source => source.Reason is not null)
            ? $"no new sentiment: no source answers; {sources[0].Name}: {sources[0].Reason}"
        : "no sentiment: nothing has been published about it";
}
