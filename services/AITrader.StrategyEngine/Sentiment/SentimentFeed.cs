using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.Storage.Sentiment;
using AITrader.StrategyEngine.Diagnostics;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>Stores the readings of <c>sentiment:global</c>. Every instance may: what is stored twice is there once.</summary>
internal sealed class SentimentFeed(SentimentReadings readings, StrategyMetrics metrics) : IStreamHandler<SentimentReading>
{
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<SentimentReading>> batch, CancellationToken ct)
    {
        // One that cannot be used goes to the dead letters, where its writer finds it.
        if (
            batch.Select(static entry => SentimentReadings.Fault(entry.Message)).FirstOrDefault(static fault => fault is not null) is
            { } fault
        )
        {
            throw new InvalidDataException(fault);
        }

        await readings.AddAsync([.. batch.Select(static entry => entry.Message)], ct);
        metrics.SentimentRead(batch.Count);
    }
}
