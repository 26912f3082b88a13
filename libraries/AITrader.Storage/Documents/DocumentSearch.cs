using AITrader.Domain.Instruments;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Documents;

/// <summary>Finds documents by their words, by how recent they are and by what they are about.</summary>
/// <remarks>A query without any word that can be searched for (empty, stop words only) finds the newest documents about its symbol.
/// </remarks>
public sealed class DocumentSearch
{
    // Fewer seconds of parsing and ranking than any event waits; a signal's question has a dozen words.
    private const int MaxWords = 10_000;

    // An older document weighs nothing, and PostgreSQL refuses a power that is too small for a number.
    private const double MaxHalfLives = 500;

    // Longer documents are not better; the rank lies in 0 to 1.
    private const int Normalization = 1 | 32;

    private const string Fragments = "StartSel=\"\", StopSel=\"\", MaxFragments=3, MinWords=20, MaxWords=60, FragmentDelimiter=\" … \"";

    private readonly IDbContextFactory<AITraderDbContext> _contexts;
    private readonly DocumentWeights _weights;

    /// <summary>Searches with the usual weights.</summary>
    public DocumentSearch(IDbContextFactory<AITraderDbContext> contexts)
        : this(contexts, new DocumentWeights()) { }

    /// <summary>Searches with other weights.</summary>
    public DocumentSearch(IDbContextFactory<AITraderDbContext> contexts, DocumentWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(weights.HalfLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(weights.SameSymbol);
        ArgumentOutOfRangeException.ThrowIfNegative(weights.OtherSymbol);
        _contexts = contexts;
        _weights = weights;
    }

    /// <summary>The best passages, best first. Same input, same answer.</summary>
    public async Task<IReadOnlyList<Passage>> FindAsync(DocumentQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, DocumentQuery.MaxLimit);
        if (query.Symbol is { } symbol && !SymbolTable.IsSymbol(symbol))
        {
            return [];
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        var rows = await FindAsync(db, query, Storable(query.Words), ct);
        return rows.ConvertAll(static row => row.ToPassage());
    }

    private Task<List<FoundRow>> FindAsync(AITraderDbContext db, DocumentQuery query, string words, CancellationToken ct)
    {
        var (asOf, symbol) = (query.AsOf.ToUniversalTime(), query.Symbol ?? string.Empty);
        return db
            .Database.SqlQuery<FoundRow>(
                $"""
                WITH asked AS MATERIALIZED (
                    SELECT words, numnode(words) = 0 AS is_empty FROM websearch_to_tsquery('english', {words}) AS words
                ), best AS (
                    SELECT found.*, words,
                           CASE WHEN is_empty THEN 1 ELSE ts_rank_cd(search_vector, words, {Normalization})::float8 END
                           * power(0.5::float8, least(extract(epoch FROM {asOf} - published_at)::float8 / {_weights.HalfLife.TotalSeconds}, {MaxHalfLives}))
                           * CASE WHEN {symbol} = '' OR symbol IS NULL THEN 1::float8
                                  WHEN symbol = {symbol} THEN {_weights.SameSymbol} ELSE {_weights.OtherSymbol} END AS rank
                    FROM documents AS found CROSS JOIN asked
                    WHERE published_at <= {asOf}
                      AND (search_vector @@ words OR (is_empty AND symbol = {symbol}))
                    ORDER BY rank DESC, published_at DESC, id LIMIT {query.Limit}
                )
                SELECT id AS "DocumentId", source AS "Source", symbol AS "Symbol", title AS "Title",
                       ts_headline('english', body, words, {Fragments}) AS "Text", url AS "Url", published_at AS "PublishedAt", rank AS "Rank"
                FROM best ORDER BY rank DESC, published_at DESC, id
                """
            )
            .ToListAsync(ct);
    }

    // NUL and halves of surrogate pairs have no form in UTF-8 that PostgreSQL takes, and its parser holds no more than 32 exclusions that
    // exclude nothing (XX000, tsquery stack too small): all these separate words.
    private static string Storable(string words)
    {
        var text = words.Length > MaxWords ? words[..MaxWords] : words;
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                span[i] = IsTaken(from, i) ? from[i] : ' ';
            }
        });
    }

    private static bool IsTaken(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            '\0' => false,
            '-' => char.IsLetterOrDigit(next) || next == '"',
            var high when char.IsHighSurrogate(high) => char.IsLowSurrogate(next),
            var low when char.IsLowSurrogate(low) => at > 0 && char.IsHighSurrogate(text[at - 1]),
            _ => true,
        };
    }

    private sealed record FoundRow(
        Guid DocumentId,
        string Source,
        string? Symbol,
        string Title,
        string Text,
        string? Url,
        DateTime PublishedAt,
        double Rank
    )
    {
        public Passage ToPassage() =>
            new(
                DocumentId,
                Source,
                Symbol,
                Title,
                Text,
                Url,
                new DateTimeOffset(DateTime.SpecifyKind(PublishedAt, DateTimeKind.Utc)),
                Rank
            );
    }
}
