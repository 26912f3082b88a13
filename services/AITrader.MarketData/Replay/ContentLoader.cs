using AITrader.Storage.Ticks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>Finds and checks what is asked for.</summary>
internal sealed class ContentLoader(DataSets sets, ITickHistory history, IOptions<ReplayOptions> options)
{
    /// <summary>Reads all of it once.</summary>
    /// <exception cref="Formats.Reading.MarketDataException">It cannot be replayed.</exception>
    public async Task<ReplayContent> LoadAsync(ReplaySource source, CancellationToken ct) =>
        source.Stored is null
            ? await FileContent.LoadAsync(sets, source, (decimal)options.Value.SpreadBps, ct)
            : await StoredContent.LoadAsync(history, source, ct);
}
