using AITrader.Venues.Kite.Rest;
using Microsoft.Extensions.Logging;

namespace AITrader.Venues.Kite.Live;

/// <summary>The day's circuit limits, as quotes carry them. The feed works without them; then no price counts as outside the
/// band.</summary>
internal sealed class PriceBands(KiteClient kite, TimeProvider time, ILogger logger)
{
    private const int MaxNamesPerRequest = 500;
    private const int MaxNamesLogged = 5;

    private static readonly TimeSpan BetweenRequests = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyDictionary<string, (decimal Low, decimal High)>> GetAsync(
        KiteCredentials caller,
        IReadOnlyList<KiteInstrument> instruments,
        CancellationToken ct
    )
    {
        var bands = new Dictionary<string, (decimal Low, decimal High)>(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var names in instruments.Select(static instrument => instrument.Key).Chunk(MaxNamesPerRequest))
        {
            // Kite answers one request for quotes a second.
            await Task.Delay(isFirst ? TimeSpan.Zero : BetweenRequests, time, ct);
            isFirst = false;
            await AddAsync(bands, caller, names, ct);
        }

        return bands;
    }

    private async Task AddAsync(
        Dictionary<string, (decimal Low, decimal High)> bands,
        KiteCredentials caller,
        string[] names,
        CancellationToken ct
    )
    {
        try
        {
            var quotes = await kite.GetQuotesAsync(caller, names, ct);
            foreach (var (name, quote) in quotes)
            {
                bands[name] = (quote.LowerCircuitLimit, quote.UpperCircuitLimit);
            }

            if (quotes.Count < names.Length)
            {
                logger.NoPriceBands(
                    names.Length - quotes.Count,
                    $"no quote of {string.Join(", ", names.Where(name => !quotes.ContainsKey(name)).Take(MaxNamesLogged))} that can be read"
                );
            }
        }
        catch (KiteException refusal) when (!refusal.IsSessionOver)
        {
            logger.NoPriceBands(names.Length, refusal.Message);
        }
    }
}
