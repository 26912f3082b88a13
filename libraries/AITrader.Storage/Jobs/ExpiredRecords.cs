using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Jobs;

/// <summary>Deletes records that are no longer needed. Each call returns the number of rows.</summary>
public sealed class ExpiredRecords(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Deletes outbox rows that were published before a time.</summary>
    public async Task<int> DeleteOutboxAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Outbox.Where(row => row.SentAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes inbox rows of messages that were handled before a time.</summary>
    public async Task<int> DeleteInboxAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Inbox.Where(row => row.HandledAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes sentiment readings that arrived before a time, but of each symbol the newest one.</summary>
    public async Task<int> DeleteSentimentAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .SentimentReadings.Where(row =>
                row.CreatedAt < before && db.SentimentReadings.Any(newer => newer.Symbol == row.Symbol && newer.Timestamp > row.Timestamp)
            )
            .ExecuteDeleteAsync(ct);
    }

    /// <summary>Deletes texts behind sentiment readings that were published before a time.</summary>
    /// <remarks>A source lists old texts again, and whoever stores them tells by its date that one is too old to be new. One without a date
    /// of its own has only its row to be known by: of that the text goes and the row stays, once it was read.</remarks>
    public async Task<int> DeleteSentimentItemsAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var deleted = await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM sentiment_items
            WHERE timestamp < {before} AND (content_hash = '' OR coalesce(facts->>'has_own_date', 'true') = 'true')
            """,
            ct
        );
        var emptied = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE sentiment_items SET text = '', facts = jsonb_set(facts, ARRAY['title'], '""')
            WHERE timestamp < {before} AND text <> '' AND read_at IS NOT NULL AND content_hash <> '' AND facts->>'has_own_date' = 'false'
            """,
            ct
        );
        return deleted + emptied;
    }

    /// <summary>Deletes jobs of these types that were completed before a time.</summary>
    public async Task<int> DeleteJobsAsync(IReadOnlyCollection<string> types, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Jobs.Where(row => types.Contains(row.Type) && row.Status == JobStatuses.Completed && row.FinishedAt < before)
            .ExecuteDeleteAsync(ct);
    }
}
