using System.Diagnostics;
using AITrader.Contracts.Codecs;
using AITrader.Messaging.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Messaging.Consumers;

/// <summary>Reads, handles, acknowledges; and goes on whatever happens.</summary>
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
    // A trace with more causes than this tells nobody anything.
    private const int MostLinks = 32;

    private readonly IStreamCodec<TMessage> _codec = StreamCodecs.For<TMessage>();
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);

    private string Stream => options.Stream ?? _codec.Stream ?? string.Empty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var reader = readers.Open<TMessage>(group, options.Consumer, options.Stream);
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(reader, stoppingToken);
                pause = Recovered(pause);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The one supervised loop: whatever failed, the entries stay pending and are tried again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                reader.Rewind();
                pause = HeldUp(failure, pause);
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StepAsync(IStreamReader<TMessage> reader, CancellationToken ct)
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
        catch (Exception failure) when (IsAboutEntries(failure, ct))
        {
            logger.BatchFailed(failure, batch.Count, group, Stream);
            await OneByOneAsync(reader, batch, ct);
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

    private async Task OneByOneAsync(IStreamReader<TMessage> reader, IReadOnlyList<StreamEntry<TMessage>> batch, CancellationToken ct)
    {
        foreach (var entry in batch)
        {
            await AloneAsync(reader, entry, ct);
            _attempts.Remove(entry.Id);
        }
    }

    private async Task AloneAsync(IStreamReader<TMessage> reader, StreamEntry<TMessage> entry, CancellationToken ct)
    {
        var pause = options.Backoff;
        while (true)
        {
            try
            {
                await HandleAsync([entry], ct);
                await reader.AcknowledgeAsync([entry.Id], ct);
                return;
            }
            catch (Exception failure) when (IsAboutEntries(failure, ct))
            {
                // Kept across a transient failure in between, so that poison does not live for ever on a shaky database.
                var attempts = _attempts[entry.Id] = _attempts.GetValueOrDefault(entry.Id) + 1;
                if (attempts >= options.MaxAttempts)
                {
                    await reader.DeadLetterAsync(entry, $"{failure.GetType().Name}: {failure.Message}", attempts, ct);
                    return;
                }
            }

            await Task.Delay(pause, clock, ct);
            pause = Longer(pause);
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
            .Take(MostLinks)
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

    private bool IsAboutEntries(Exception failure, CancellationToken ct) => !ct.IsCancellationRequested && !options.IsTransient(failure);

    private TimeSpan Recovered(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            logger.ConsumerGoesOn(group, Stream);
        }

        return TimeSpan.Zero;
    }

    private TimeSpan HeldUp(Exception failure, TimeSpan pause)
    {
        if (pause == TimeSpan.Zero)
        {
            logger.ConsumerHeldUp(failure, group, Stream);
            return options.Backoff;
        }

        return Longer(pause);
    }

    private TimeSpan Longer(TimeSpan pause) => pause * 2 > options.MaxBackoff ? options.MaxBackoff : pause * 2;
}
