using System.Text.Json;
using AITrader.Storage.Documents;
using AITrader.Storage.Rows;
using AITrader.Worker.Diagnostics;
using AITrader.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Documents;

/// <summary>Makes documents of own trades, backtests, replays, runbooks, and of news and filings whose sentiment was scored.</summary>
internal sealed class IndexJob(
    OwnRecords records,
    DocumentStore store,
    IOptions<DocumentsOptions> options,
    TimeProvider time,
    ILogger<IndexJob> log
) : IJobHandler
{
    public const string TypeName = "documents";

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.Every;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var (added, known, refused) = (0, 0, 0);
        await foreach (var document in FindAsync(ct))
        {
            switch (await store.AddAsync(document, ct))
            {
                case DocumentOutcome.Added:
                    added++;
                    break;
                case DocumentOutcome.Known:
                    known++;
                    break;
                case DocumentOutcome.Refused reason:
                    refused++;
                    log.DocumentRefused(document.Source, document.Title, reason.Reason);
                    break;
            }
        }

        return JsonSerializer.Serialize(
            new
            {
                added,
                known,
                refused,
            }
        );
    }

    private async IAsyncEnumerable<NewDocument> FindAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var since = now - options.Value.LookBack;
        foreach (var document in await TradesAsync(since, now, ct))
        {
            yield return document;
        }

        foreach (var backtest in await records.BacktestsAsync(since, ct))
        {
            yield return DocumentTexts.OfBacktest(backtest);
        }

        foreach (var (replay, trades, pnl) in await records.ReplaysAsync(since, ct))
        {
            yield return DocumentTexts.OfReplay(replay, trades, pnl);
        }

        foreach (var item in await records.NewsAsync(since, ct))
        {
            yield return DocumentTexts.OfNews(item);
        }

        await foreach (var runbook in RunbooksAsync(now, ct))
        {
            yield return runbook;
        }
    }

    // Of whole days that are over: what is still traded today would be another document every time.
    private async Task<IEnumerable<NewDocument>> TradesAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var from = new DateTimeOffset(since.UtcDateTime.Date, TimeSpan.Zero);
        var to = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return (await records.TradesAsync(from, to, ct))
            .GroupBy(static one => (one.Symbol, Day: DateOnly.FromDateTime(one.Timestamp.UtcDateTime)))
            .Select(static same => DocumentTexts.OfTrades(same.Key.Symbol, same.Key.Day, [.. same]));
    }

    private async IAsyncEnumerable<NewDocument> RunbooksAsync(
        DateTimeOffset now,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!Directory.Exists(options.Value.Runbooks))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(options.Value.Runbooks, "*.md").Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(path, ct);
            foreach (var section in DocumentTexts.OfRunbook(Path.GetFileNameWithoutExtension(path), text, now))
            {
                yield return section;
            }
        }
    }
}
