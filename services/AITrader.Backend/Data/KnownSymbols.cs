using System.Collections.Concurrent;
using AITrader.Domain.Instruments;
using AITrader.Storage.Queries;

namespace AITrader.Backend.Data;

/// <summary>Recognises symbols that do not exist.</summary>
internal sealed class KnownSymbols(SymbolQueries symbols)
{
    private const int Capacity = 10_000;

    // Only symbols that exist get in, and rows are not deleted: what was known stays known.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>True for a listed instrument, and for what any signal, order or trade was about.</summary>
    public async Task<bool> IsKnownAsync(string symbol, CancellationToken ct)
    {
        if (InstrumentCatalogue.Default.Find(symbol) is not null || _seen.ContainsKey(symbol))
        {
            return true;
        }

        var isKnown = await symbols.IsStoredAsync(symbol, ct);
        if (isKnown && _seen.Count < Capacity)
        {
            _seen[symbol] = true;
        }

        return isKnown;
    }
}
