using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Flags;

/// <summary>Reads what flags were set to.</summary>
public sealed class FlagReader(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>The flags that somebody has set, by name.</summary>
    public async Task<IReadOnlyDictionary<string, FeatureFlagRow>> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.FeatureFlags.AsNoTracking().ToDictionaryAsync(static row => row.Name, StringComparer.Ordinal, ct);
    }
}
