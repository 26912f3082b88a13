using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>A decision and the signal that it is about.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Signal">Its signal.</param>
public sealed record SignalDecision(DecisionRow Decision, SignalRow Signal);

/// <summary>Reads decisions.</summary>
public sealed class DecisionQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>A decision with its signal; null where there is none with this id.</summary>
    public async Task<SignalDecision?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Decisions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } decision)
        {
            return null;
        }

        var signal = await db.Signals.AsNoTracking().SingleAsync(row => row.Id == decision.SignalId, ct);
        return new SignalDecision(decision, signal);
    }
}
