using System.Text.Json;
using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Documents;

/// <summary>Keeps documents. They are never changed: a corrected text is another document.</summary>
public sealed class DocumentStore(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    /// <summary>Stores a document once, however often it is sent.</summary>
    public async Task<DocumentOutcome> AddAsync(NewDocument document, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(document);
        var now = time.GetUtcNow();
        if (DocumentRules.Fault(document, now) is { } fault)
        {
            return new DocumentOutcome.Refused(fault);
        }

        var id = IdOf(document);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var published = document.PublishedAt.ToUniversalTime();
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO documents (id, source, symbol, title, body, url, published_at, created_at)
            VALUES ({id}, {document.Source}, {document.Symbol}, {document.Title}, {document.Body}, {document.Url}, {published}, {now})
            ON CONFLICT (id) DO NOTHING
            """,
            ct
        );
        return added > 0 ? new DocumentOutcome.Added(id) : new DocumentOutcome.Known(id);
    }

    // Not by time: feeds send an article again with the time of sending. As JSON, so that no two documents have the same name.
    private static Guid IdOf(NewDocument document) =>
        DeterministicId.Create(
            "document",
            JsonSerializer.Serialize<string?[]>([document.Source, document.Symbol, document.Title, document.Body])
        );
}
