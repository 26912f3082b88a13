using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Ticks;

/// <summary>The end of what was recorded live of an instrument.</summary>
/// <param name="Timestamp">Event time of its newest tick.</param>
/// <param name="TradeId">Highest number of a trade, where the source numbers them.</param>
public readonly record struct TickNewest(DateTimeOffset Timestamp, long? TradeId);

/// <summary>Looks for the end of a live recording from its newest blocks backwards.</summary>
internal static class TickNewestReader
{
    private const int Widening = 8;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>The newest tick of each symbol that has one since a moment; with <paramref name="needsTrade"/> the newest one that has a
    /// number.</summary>
    public static async Task<IReadOnlyDictionary<string, TickNewest>> ReadAsync(
        AITraderDbContext db,
        string source,
        IEnumerable<string> symbols,
        bool needsTrade,
        DateTimeOffset since,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, TickNewest>(StringComparer.Ordinal);
        var wanted = symbols.ToList();
        var (until, length) = (DateTimeOffset.MaxValue, First);
        for (var start = now - length; wanted.Count > 0 && until > since; start = until - length)
        {
            var from = start > since ? start : since;
            foreach (var row in await ReadAsync(db, source, wanted, needsTrade, new TickSpan(from.ToUniversalTime(), until), ct))
            {
                found[row.Symbol] = row.Newest;
            }

            wanted.RemoveAll(found.ContainsKey);
            (until, length) = (from, length * Widening);
        }

        return found;
    }

    private static async Task<IEnumerable<(string Symbol, TickNewest Newest)>> ReadAsync(
        AITraderDbContext db,
        string source,
        List<string> symbols,
        bool needsTrade,
        TickSpan span,
        CancellationToken ct
    )
    {
        var rows = await db
            .Ticks.AsNoTracking()
            .Where(row =>
                row.Timestamp >= span.From
                && row.Timestamp < span.Until
                && row.Run == string.Empty
                && row.Source == source
                && symbols.Contains(row.Symbol)
            )
            .Where(row => !needsTrade || row.TradeId != null)
            .GroupBy(static row => row.Symbol)
            .Select(static rows => new
            {
                Symbol = rows.Key,
                Timestamp = rows.Max(static row => row.Timestamp),
                TradeId = rows.Max(static row => row.TradeId),
            })
            .ToListAsync(ct);
        return rows.Select(static row => (row.Symbol, new TickNewest(row.Timestamp, row.TradeId)));
    }
}
