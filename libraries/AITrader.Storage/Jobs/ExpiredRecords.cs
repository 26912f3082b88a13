using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Jobs;

/// <summary>Deletes records that are no longer needed. Each call is one statement; it returns the number of rows.</summary>
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

    /// <summary>Deletes jobs of these types that were completed before a time.</summary>
    public async Task<int> DeleteJobsAsync(IReadOnlyCollection<string> types, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Jobs.Where(row => types.Contains(row.Type) && row.Status == JobStatuses.Completed && row.FinishedAt < before)
            .ExecuteDeleteAsync(ct);
    }
}
