using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.Storage;
using AITrader.Storage.Jobs;
using AITrader.Storage.Registry;
using AITrader.Storage.Runs;
using AITrader.Storage.Sentiment;
using AITrader.Worker.Diagnostics;
using AITrader.Worker.Documents;
using AITrader.Worker.Housekeeping;
using AITrader.Worker.Jobs;
using AITrader.Worker.Partitions;
using AITrader.Worker.Runs;
using AITrader.Worker.Training;
using AITrader.Worker.Trimming;
using Microsoft.Extensions.Options;

namespace AITrader.Worker;

/// <summary>Composition of the worker.</summary>
internal static class WorkerHostExtensions
{
    public static void AddWorker(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.AddMessaging();
        builder.AddBusOutbox();
        builder.Services.AddSingleton<WorkerMetrics>();
        builder.AddJobs();
        builder.AddJob<PartitionJob>(PartitionJob.TypeName);
        builder.AddJob<HousekeepingJob>(HousekeepingJob.TypeName);
        builder.AddJob<IndexJob>(IndexJob.TypeName);
        builder.AddSettings<DocumentsOptions, DocumentsOptionsValidator>(DocumentsOptions.Section);
        builder.AddJob<RunDeletionJob>(RunDeletionJob.TypeName);
        builder.AddJob<BacktestRunJob>(StoredBacktest.JobType);
        builder.AddJob<TrainingJob>(TrainingRequest.JobType);
        builder.AddJob<PromotionJob>(PromotionRequest.JobType);
        builder.AddJob<RegistryJob>(RegistryJob.TypeName);
        builder
            .Services.AddModelRegistry()
            .AddSingleton<StoredTrades>()
            .AddSingleton<ModelTrainers>()
            .AddSingleton<TrainingFolders>()
            .AddSingleton<RepositoryRecorder>();
        builder.AddSettings<TrainingOptions, TrainingOptionsValidator>(TrainingOptions.Section);
        builder.AddSettings<PartitionOptions, PartitionOptionsValidator>(PartitionOptions.Section);
        builder.AddSettings<HousekeepingOptions, HousekeepingOptionsValidator>(HousekeepingOptions.Section);
        builder.AddSettings<SentimentRetentionOptions, SentimentRetentionOptionsValidator>(SentimentRetentionOptions.Section);
        builder.AddSettings<RunOptions, RunOptionsValidator>(RunOptions.Section);
        builder.AddSettings<TrimmingOptions, TrimmingOptionsValidator>(TrimmingOptions.Section);
        builder.Services.AddSingleton<StreamBacklogCheck>();
        builder.Services.AddHostedService<StreamTrimmer>();
        builder.Services.AddHealthChecks().AddCheck<StreamBacklogCheck>("streams");
    }

    /// <summary>Runs the jobs of one type; their wake-up messages are handled one at a time.</summary>
    public static void AddJob<THandler>(this WebApplicationBuilder builder, string type)
        where THandler : class, IJobHandler
    {
        builder.Services.AddSingleton<IJobHandler, THandler>();
        builder.AddStreamConsumer<JobMessage, JobRunner>(ConsumerGroups.Workers, consumer =>
        {
            consumer.Stream = StreamNames.Jobs(type);
            consumer.MaxBatch = 1;
        });
    }

    private static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.AddSettings<JobOptions, JobOptionsValidator>(JobOptions.Section);
        builder.Services.AddJobStorage();
        builder.Services.AddHostedService<JobScheduler>();
        builder.Services.AddHostedService<JobSweeper>();
    }

    private static void AddSettings<TOptions, TValidator>(this WebApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
