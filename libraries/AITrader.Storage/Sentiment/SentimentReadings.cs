using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Sentiment;

/// <summary>Keeps sentiment readings, so that a restart and a replay find them.</summary>
public sealed class SentimentReadings(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    /// <summary>Why a reading cannot be used; null where it can.</summary>
    public static string? Fault(SentimentReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return !(Math.Abs(reading.Score) <= 1) ? $"The score {reading.Score} is not within -1 and 1."
            : !(reading.Confidence is >= 0 and <= 1) ? $"The confidence {reading.Confidence} is not within 0 and 1."
            : !(reading.Authenticity is >= 0 and <= 1) ? $"The authenticity {reading.Authenticity} is not within 0 and 1."
            : null;
    }

    /// <summary>Stores readings. Of several of one symbol and event time the first stays, so that one that comes again changes
    /// nothing.</summary>
    public async Task AddAsync(IReadOnlyList<SentimentReading> readings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(readings);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        foreach (var reading in readings)
        {
            var at = reading.Timestamp.ToUniversalTime();
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO sentiment_readings (symbol, timestamp, score, confidence, authenticity, sources, model, created_at)
                VALUES ({reading.Symbol}, {at}, {reading.Score}, {reading.Confidence}, {reading.Authenticity}, {reading.Sources}, {reading.Model}, {now})
                ON CONFLICT (symbol, timestamp) DO NOTHING
                """,
                ct
            );
        }
    }

    /// <summary>The newest reading of a symbol that is not newer than an event time; null where there is none.</summary>
    /// <param name="symbol">Instrument.</param>
    /// <param name="at">Event time.</param>
    /// <param name="maxAge">Oldest that still counts.</param>
    /// <param name="arrived">What arrived later does not count: see <see cref="LastPositionAsync"/>. Null for all.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<SentimentReadingRow?> FindAsync(
        string symbol,
        DateTimeOffset at,
        TimeSpan maxAge,
        long? arrived,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var oldest = at - maxAge;
        return await db
            .SentimentReadings.AsNoTracking()
            .Where(row => row.Symbol == symbol && row.Timestamp <= at && row.Timestamp >= oldest)
            .Where(row => arrived == null || row.Position <= arrived)
            .OrderByDescending(static row => row.Timestamp)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Place of the reading that arrived last; zero where there is none.</summary>
    public async Task<long> LastPositionAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SentimentReadings.MaxAsync(static row => (long?)row.Position, ct) ?? 0;
    }
}
