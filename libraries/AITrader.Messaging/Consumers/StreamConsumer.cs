using System.Diagnostics;
using AITrader.Contracts.Codecs;
using AITrader.Messaging.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AITrader.Messaging.Consumers;

/// <summary>Reads entries, passes them to the handler and acknowledges them. No failure ends the loop.</summary>
internal sealed class StreamConsumer<TMessage, THandler>(
    IStreamReaders readers,
    THandler handler,
    string group,
    StreamConsumerOptions options,
    MessagingMetrics metrics,
    TimeProvider clock,
    ILogger<THandler> logger
) : BackgroundService
    where TMessage : class
    where THandler : class, IStreamHandler<TMessage>
{
    // A trace with more links than this cannot be read.
    private const int MaxLinks = 32;

    private readonly IStreamCodec<TMessage> _codec = StreamCodecs.For<TMessage>();
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private bool _isInterrupted;

    private string Stream => options.Stream ?? _codec.Stream ?? string.Empty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var reader = readers.Open<TMessage>(group, options.Consumer, options.Stream);
        var retryAnyFailure = Retry(
            static _ => true,
            failure =>
            {
                reader.Rewind();
                ReportInterruption(failure);
            }
        );
        var retryEntryFailures = Retry(IsEntryFailure);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await retryAnyFailure.ExecuteAsync(async ct => await StepAsync(reader, retryEntryFailures, ct), stoppingToken);
                ReportRecovery();
            }
        }
#pragma warning disable CA1031 // Only a stop ends the retries: whatever failed then, the entries stay pending.
        catch (Exception) when (stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return;
        }
    }

    // Without a limit: HandleAloneAsync limits the attempts at one entry, and any other failure is retried until it has passed.
    private ResiliencePipeline Retry(Func<Exception, bool> handles, Action<Exception>? onFailure = null) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } failure && handles(failure)),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = options.Backoff,
                    MaxDelay = options.MaxBackoff,
                    OnRetry = attempt =>
                    {
                        onFailure?.Invoke(attempt.Outcome.Exception!);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();

    private async Task StepAsync(IStreamReader<TMessage> reader, ResiliencePipeline retryEntryFailures, CancellationToken ct)
    {
        var batch = await ReadAsync(reader, ct);
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await HandleAsync(batch, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && IsEntryFailure(failure))
        {
            logger.BatchFailed(failure, batch.Count, group, Stream);
            await HandleOneByOneAsync(reader, batch, retryEntryFailures, ct);
            return;
        }

        await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], ct);
    }

    private async Task<IReadOnlyList<StreamEntry<TMessage>>> ReadAsync(IStreamReader<TMessage> reader, CancellationToken ct)
    {
        var batch = await reader.ReadAsync(options.MaxBatch, options.Block, ct);
        if (batch.Count == 0 || batch.Count >= options.MaxBatch || options.MaxDelay == TimeSpan.Zero)
        {
            return batch;
        }

        var filled = new List<StreamEntry<TMessage>>(batch);
        var started = clock.GetTimestamp();
        while (filled.Count < options.MaxBatch && options.MaxDelay - clock.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            filled.AddRange(await reader.ReadAsync(options.MaxBatch - filled.Count, left, ct));
        }

        return filled;
    }

    private async Task HandleOneByOneAsync(
        IStreamReader<TMessage> reader,
        IReadOnlyList<StreamEntry<TMessage>> batch,
        ResiliencePipeline retryEntryFailures,
        CancellationToken ct
    )
    {
        foreach (var entry in batch)
        {
            await retryEntryFailures.ExecuteAsync(async token => await HandleAloneAsync(reader, entry, token), ct);
            _attempts.Remove(entry.Id);
        }
    }

    private async Task HandleAloneAsync(IStreamReader<TMessage> reader, StreamEntry<TMessage> entry, CancellationToken ct)
    {
        try
        {
            await HandleAsync([entry], ct);
            await reader.AcknowledgeAsync([entry.Id], ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && IsEntryFailure(failure))
        {
            // Kept across transient failures, so that a bad entry is given up even when the database fails now and then.
            var attempts = _attempts[entry.Id] = _attempts.GetValueOrDefault(entry.Id) + 1;
            if (attempts < options.MaxAttempts)
            {
                throw;
            }

            await reader.DeadLetterAsync(entry, $"{failure.GetType().Name}: {failure.Message}", attempts, ct);
        }
    }

    private async ValueTask HandleAsync(IReadOnlyList<StreamEntry<TMessage>> batch, CancellationToken ct)
    {
        using var span = Start(batch);
        var started = clock.GetTimestamp();
        try
        {
            await handler.HandleAsync(batch, ct);
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
        finally
        {
            metrics.Handled(Stream, group, clock.GetElapsedTime(started));
        }
    }

    private Activity? Start(IReadOnlyList<StreamEntry<TMessage>> batch)
    {
        if (!MessagingMetrics.Traces.HasListeners())
        {
            return null;
        }

        // Most ticks are not recorded: a batch of them has no span, or there would be thousands of traces of nothing.
        var causes = batch
            .Select(entry => _codec.TraceOf(entry.Message))
            .Where(MessageTraces.IsRecorded)
            .Take(MaxLinks)
            .Select(MessageTraces.ContextOf)
            .Where(static cause => cause != default)
            .ToArray();
        if (causes.Length == 0)
        {
            return null;
        }

        // One cause is the parent; of several none is.
        var parent = causes.Length == 1 ? causes[0] : default;
        var links = causes.Length > 1 ? causes.Select(static cause => new ActivityLink(cause)) : null;
        var span = MessagingMetrics.Traces.StartActivity($"consume {Stream}", ActivityKind.Consumer, parent, links: links);
        return span
            ?.SetTag("messaging.system", "redis")
            .SetTag("messaging.destination.name", Stream)
            .SetTag("messaging.consumer.group.name", group)
            .SetTag("messaging.batch.message_count", batch.Count);
    }

    private bool IsEntryFailure(Exception failure) => !options.IsTransient(failure);

    private void ReportInterruption(Exception failure)
    {
        if (!_isInterrupted)
        {
            _isInterrupted = true;
            logger.ConsumerInterrupted(failure, group, Stream);
        }
    }

    private void ReportRecovery()
    {
        if (_isInterrupted)
        {
            _isInterrupted = false;
            logger.ConsumerResumed(group, Stream);
        }
    }
}
