using System.Text.Json;
using AITrader.Storage.Jobs;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using AITrader.Worker.Documents;
using AITrader.Worker.Jobs;
using AITrader.Worker.Partitions;
using AITrader.Worker.Runs;
using AITrader.Worker.Training;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Housekeeping;

/// <summary>Removes published outbox rows, old inbox rows, old sentiment readings with the texts behind them, and old
/// records of scheduled jobs.</summary>
internal sealed class HousekeepingJob(
    ExpiredRecords expired,
    IOptions<HousekeepingOptions> options,
    IOptions<SentimentRetentionOptions> items,
    TimeProvider time
) : IJobHandler
{
    public const string TypeName = "housekeeping";

    private static readonly string[] Scheduled =
    [
        TypeName,
        PartitionJob.TypeName,
        IndexJob.TypeName,
        RunDeletionJob.TypeName,
        RegistryJob.TypeName,
    ];

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.Every;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var outbox = await expired.DeleteOutboxAsync(now - options.Value.OutboxRetention, ct);
        var inbox = await expired.DeleteInboxAsync(now - options.Value.InboxRetention, ct);
        var sentiment = await expired.DeleteSentimentAsync(now - options.Value.SentimentRetention, ct);
        var texts = await expired.DeleteSentimentItemsAsync(now - items.Value.Retention, ct);
        var jobs = await expired.DeleteJobsAsync(Scheduled, now - options.Value.JobRetention, ct);
        return JsonSerializer.Serialize(
            new
            {
                outbox,
                inbox,
                sentiment,
                texts,
                jobs,
            }
        );
    }
}
