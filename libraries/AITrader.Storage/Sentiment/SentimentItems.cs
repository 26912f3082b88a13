using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Sentiment;

/// <summary>What a model made of an item.</summary>
/// <param name="Id">Row.</param>
/// <param name="Score">Sentiment in [-1, 1].</param>
/// <param name="Confidence">Confidence in [0, 1].</param>
/// <param name="Authenticity">Authenticity in [0, 1].</param>
/// <param name="Reasons">Its reasons, as JSON.</param>
/// <param name="Model">Name and version of the model; empty where it refused the text.</param>
public sealed record ItemReading(Guid Id, double Score, double Confidence, double Authenticity, string Reasons, string Model);

/// <summary>Keeps the items behind sentiment readings: first as they came, then as they were read.</summary>
public sealed class SentimentItems(IDbContextFactory<AITraderDbContext> contexts, IOutbox outbox, TimeProvider time)
{
    /// <summary>Id of what a source said of a symbol: the same content is the same item, however often and under whatever id it
    /// comes.</summary>
    public static Guid IdOf(string symbol, string source, string contentHash) =>
        DeterministicId.Create("sentiment-item", $"{symbol}|{source}|{contentHash}");

    /// <summary>Stores items that nobody has read yet; one that is there is left as it is. Returns how many are new.</summary>
    public async Task<int> AddAsync(IReadOnlyList<SentimentItemRow> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var added = 0;
                foreach (var row in rows)
                {
                    added += await InsertAsync(db, row, token);
                }

                return added;
            },
            ct
        );
    }

    /// <summary>Items that no model has read, in the order in which they became known.</summary>
    public async Task<List<SentimentItemRow>> UnreadAsync(int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .SentimentItems.AsNoTracking()
            .Where(static row => row.ReadAt == null && row.ReceivedAt != null)
            .OrderBy(static row => row.ReceivedAt)
            .ThenBy(static row => row.Id)
            .Take(max)
            .ToListAsync(ct);
    }

    /// <summary>Items that a model has read, which became known since a moment, in that order.</summary>
    public async Task<List<SentimentItemRow>> ReadSinceAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .SentimentItems.AsNoTracking()
            .Where(row => row.ReadAt != null && row.Model != "" && row.ReceivedAt >= since)
            .OrderBy(static row => row.ReceivedAt)
            .ThenBy(static row => row.Id)
            .ToListAsync(ct);
    }

    /// <summary>When the newest item became known; null where there is none.</summary>
    public async Task<DateTimeOffset?> LastReceivedAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SentimentItems.MaxAsync(static row => row.ReceivedAt, ct);
    }

    /// <summary>Stores what a model made of items, and the readings that follow from it in the outbox, in one transaction.</summary>
    public async Task WriteAsync(IReadOnlyList<ItemReading> items, IReadOnlyList<SentimentReading> readings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(readings);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                foreach (var item in items)
                {
                    await UpdateAsync(db, item, now, token);
                }

                await PublishAsync(db, readings, token);
            },
            ct
        );
    }

    // One identity a symbol and event time: a transaction that is tried again, or a restart that computes it again, publishes it once.
    private async Task PublishAsync(AITraderDbContext db, IReadOnlyList<SentimentReading> readings, CancellationToken ct)
    {
        var byId = readings.DistinctBy(IdOf).ToDictionary(IdOf);
        var ids = byId.Keys.ToList();
        var known = await db.Outbox.Where(row => ids.Contains(row.Id)).Select(static row => row.Id).ToListAsync(ct);
        foreach (var (id, reading) in byId.Where(pair => !known.Contains(pair.Key)))
        {
            outbox.Add(db, id, reading);
        }
    }

    private static Guid IdOf(SentimentReading reading) =>
        DeterministicId.Create("sentiment-reading", $"{reading.Symbol}|{reading.Timestamp.UtcDateTime:O}");

    private static Task<int> InsertAsync(AITraderDbContext db, SentimentItemRow row, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sentiment_items (id, symbol, source, text, score, confidence, authenticity, timestamp, external_id, content_hash,
                relevance, facts, reasons, received_at, read_at, model)
            VALUES ({row.Id}, {row.Symbol}, {row.Source}, {row.Text}, 0, 0, 0, {row.Timestamp.ToUniversalTime()}, {row.ExternalId},
                {row.ContentHash}, {row.Relevance}, {row.Facts}::jsonb, '[]', {row.ReceivedAt}, NULL, '')
            ON CONFLICT DO NOTHING
            """,
            ct
        );

    private static Task<int> UpdateAsync(AITraderDbContext db, ItemReading item, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE sentiment_items SET score = {item.Score}, confidence = {item.Confidence}, authenticity = {item.Authenticity},
                reasons = {item.Reasons}::jsonb, model = {item.Model}, read_at = {now}
            WHERE id = {item.Id}
            """,
            ct
        );
}
