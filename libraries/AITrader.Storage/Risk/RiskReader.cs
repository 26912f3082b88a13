using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Risk;

/// <summary>What holds at one moment.</summary>
/// <param name="Limits">Limits of account, strategies and symbols.</param>
/// <param name="Kills">What is switched off.</param>
public sealed record RiskState(IReadOnlyList<RiskLimitRow> Limits, IReadOnlyList<KillSwitchRow> Kills);

/// <summary>Reads limits and kill switches.</summary>
public sealed class RiskReader(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Limits and switches, both of one moment.</summary>
    public async Task<RiskState> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InSnapshotAsync(
            async token => new RiskState(
                await db.RiskLimits.AsNoTracking().OrderBy(static row => row.Scope).ThenBy(static row => row.Name).ToListAsync(token),
                await db.KillSwitches.AsNoTracking().OrderBy(static row => row.Strategy).ToListAsync(token)
            ),
            ct
        );
    }
}
