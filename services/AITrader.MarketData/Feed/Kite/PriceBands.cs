using AITrader.Kite;
using AITrader.Kite.Rest;
using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Feed.Kite;

/// <summary>The day's circuit limits, as quotes tell them. Without them the feed goes on, and no price counts as outside.</summary>
internal sealed class PriceBands(KiteClient kite, TimeProvider time, ILogger logger)
{
    private const int MostNames = 500;

    private static readonly TimeSpan BetweenRequests = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyDictionary<string, (decimal Low, decimal High)>> GetAsync(KiteCredentials caller, IReadOnlyList<KiteInstrument> instruments, CancellationToken ct)
    {
        var bands = new Dictionary<string, (decimal Low, decimal High)>(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var names in instruments.Select(static instrument => instrument.Key).Chunk(MostNames))
        {
            // Kite answers one request for quotes a second.
            await Task.Delay(isFirst ? TimeSpan.Zero : BetweenRequests, time, ct);
            isFirst = false;
            if (!await TryAddAsync(bands, caller, names, ct))
            {
                break;
            }
        }

        return bands;
    }

    private async Task<bool> TryAddAsync(Dictionary<string, (decimal Low, decimal High)> bands, KiteCredentials caller, string[] names, CancellationToken ct)
    {
        try
        {
            foreach (var (name, quote) in await kite.GetQuotesAsync(caller, names, ct))
            {
                bands[name] = (quote.LowerCircuitLimit, quote.UpperCircuitLimit);
            }

            return true;
        }
        catch (KiteException refusal) when (!refusal.IsSessionOver)
        {
            logger.NoPriceBands(refusal.Message);
            return false;
        }
    }
}
