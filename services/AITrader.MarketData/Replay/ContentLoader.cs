using AITrader.Storage.Ticks;

namespace AITrader.MarketData.Replay;

/// <summary>Finds and checks what is asked for.</summary>
internal sealed class ContentLoader(DataSets sets, ITickHistory history)
{
    /// <summary>Reads all of it once.</summary>
    /// <exception cref="Formats.Reading.MarketDataException">It cannot be replayed.</exception>
    public async Task<ReplayContent> LoadAsync(ReplaySource source, CancellationToken ct) =>
        source.Stored is null ? await FileContent.LoadAsync(sets, source, ct) : await StoredContent.LoadAsync(history, source, ct);
}
