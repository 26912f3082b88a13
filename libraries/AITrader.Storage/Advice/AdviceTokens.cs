using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Advice;

/// <summary>Counts the tokens of a day for all instances together, over restarts.</summary>
public sealed class AdviceTokens(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Tokens used or taken on a day.</summary>
    public async Task<long> UsedAsync(DateOnly day, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AdviceDays.Where(row => row.Day == day).Select(static row => row.Tokens).SingleOrDefaultAsync(ct);
    }

    /// <summary>Takes tokens of a day; false where it has not as many left. In one statement, so that calls at the same moment cannot
    /// overdraw it together.</summary>
    public async Task<bool> TryTakeAsync(DateOnly day, long tokens, long perDay, CancellationToken ct)
    {
        if (tokens > perDay)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO advice_days AS found (day, tokens) VALUES ({day}, {tokens})
            ON CONFLICT (day) DO UPDATE SET tokens = found.tokens + excluded.tokens
            WHERE found.tokens + excluded.tokens <= {perDay}
            """,
            ct
        );
        return changed > 0;
    }

    /// <summary>Sets right what was taken of a day.</summary>
    public async Task SettleAsync(DateOnly day, long taken, long used, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db
            .AdviceDays.Where(row => row.Day == day)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Tokens, row => row.Tokens + used - taken), ct);
    }
}
