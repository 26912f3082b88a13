using System.Globalization;
using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>The sentiment of a symbol at a signal.</summary>
/// <param name="Input">The factor's input; null without a reading.</param>
/// <param name="Absence">Why there is none.</param>
/// <param name="Provenance">What is stored of it.</param>
internal sealed record SentimentStep(SentimentInput? Input, string Absence, SentimentTrace Provenance)
{
    public static SentimentStep None(string reason) => new(null, reason, new SentimentTrace("absent", reason));
}

/// <summary>The newest stored reading of a symbol that is not newer than the signal; without one, what the sentiment engine says of
/// itself.</summary>
/// <remarks>A replay sees what had arrived when it began, also in an engine that starts in the middle of it: so it does not depend on what
/// arrives meanwhile.</remarks>
internal sealed class SentimentBoard(SentimentReadings readings, SentimentProbe probe, ICache cache, SentimentSettings settings)
{
    private volatile Begun? _begun;

    public async Task<SentimentStep> ReadAsync(Signal signal, FlagSet flags, CancellationToken ct)
    {
        if (!flags.IsOn(FeatureFlags.Sentiment))
        {
            return SentimentStep.None(FlagSet.ReasonOf(FeatureFlags.Sentiment));
        }

        var arrived = signal.Run.Length > 0 ? await ArrivedAsync(signal.Run, ct) : (long?)null;
        var reading = await readings.FindAsync(signal.Symbol, signal.Timestamp, settings.MaxAge, arrived, ct);
        return reading is null ? SentimentStep.None(await probe.ReasonAsync(ct)) : Of(reading, signal);
    }

    private static SentimentStep Of(SentimentReadingRow reading, Signal signal)
    {
        var age = (signal.Timestamp - reading.Timestamp).TotalSeconds;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"score={reading.Score:0.####} confidence={reading.Confidence:0.####} authenticity={reading.Authenticity:0.####} age={age:0.###}s{(reading.Model.Length > 0 ? $" by {reading.Model}" : string.Empty)}"
        );
        return new SentimentStep(
            new SentimentInput(reading.Score * reading.Confidence * reading.Authenticity, note),
            string.Empty,
            new SentimentTrace("present", note)
            {
                Sources = reading.Sources,
                Model = reading.Model,
                At = reading.Timestamp,
            }
        );
    }

    private async Task<long> ArrivedAsync(string run, CancellationToken ct)
    {
        if (_begun is { } begun && begun.Run == run)
        {
            return begun.Position;
        }

        var kept = await cache.GetAsync(CacheKeys.SentimentOf(run), ct);
        if (!long.TryParse(kept, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            position = await readings.LastPositionAsync(ct);
            await cache.SetAsync(CacheKeys.SentimentOf(run), position.ToString(CultureInfo.InvariantCulture), CacheKeys.FlagsTtl, ct);
        }

        _begun = new Begun(run, position);
        return position;
    }

    private sealed record Begun(string Run, long Position);
}
