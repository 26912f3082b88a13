using System.Text.Json;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Worker.Jobs;
using AITrader.Worker.Partitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Housekeeping;

/// <summary>Removes published outbox rows, old inbox rows and old records of scheduled jobs.</summary>
internal sealed class HousekeepingJob(
    IDbContextFactory<AITraderDbContext> contexts,
    IOptions<HousekeepingOptions> options,
    TimeProvider time
) : IJobHandler
{
    public const string TypeName = "housekeeping";

    private static readonly string[] Scheduled = [TypeName, PartitionJob.TypeName];

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.Every;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (outboxBefore, inboxBefore, jobsBefore) = (
            now - options.Value.OutboxRetention,
            now - options.Value.InboxRetention,
            now - options.Value.JobRetention
        );
        await using var db = await contexts.CreateDbContextAsync(ct);
        var outbox = await db.Outbox.Where(row => row.SentAt < outboxBefore).ExecuteDeleteAsync(ct);
        var inbox = await db.Inbox.Where(row => row.HandledAt < inboxBefore).ExecuteDeleteAsync(ct);
        var jobs = await db
            .Jobs.Where(row => Scheduled.Contains(row.Type) && row.Status == JobStatuses.Completed && row.FinishedAt < jobsBefore)
            .ExecuteDeleteAsync(ct);
        return JsonSerializer.Serialize(
            new
            {
                outbox,
                inbox,
                jobs,
            }
        );
    }
}
