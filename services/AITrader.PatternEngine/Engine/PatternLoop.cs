using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Diagnostics;
using AITrader.PatternEngine.Patterns;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Engine;

/// <summary>Reads ticks, finds patterns, and commits each batch as a whole: signals, state, acknowledgement and watermark, or none of
/// them.</summary>
internal sealed class PatternLoop(
    Lane lane,
    IStreamReaders readers,
    IStreamTransactions transactions,
    EngineStore store,
    SignalClassifier classifier,
    PatternMetrics metrics,
    IOptions<PatternOptions> options,
    TimeProvider time,
    ILogger<PatternLoop> logger,
    Supervisor supervisor
) : SupervisedService(supervisor)
{
    /// <summary>The same for every process: whoever takes over finds what its predecessor had not finished, before anything new.</summary>
    private const string Consumer = "pattern-engine";

    private static readonly TimeSpan Block = TimeSpan.FromSeconds(2);

    private readonly SignalTraces _traces = new(time);
    private IStreamReader<Tick>? _reader;

    /// <inheritdoc/>
    protected override string Name => $"{nameof(PatternLoop)} ({lane.Name})";

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // After any failure the last commit is the starting point: state and pending entries are read again. The reader stays the
        // same one, as opening another would count as a delivery, and an entry that is delivered too often is given up.
        var reader = _reader ??= readers.Open<Tick>(ConsumerGroups.Pattern, Consumer, lane.Of(StreamNames.RawTicks));
        reader.Rewind();
        using var engine = await store.LoadAsync(stoppingToken);
        metrics.Watch(lane.Name, engine.Shards, () => store.InUse);
        logger.EngineLoaded(engine.Run, engine.Shards.Symbols.Count, engine.Shards.Statistics.Count);
        while (true)
        {
            var entries = await reader.ReadAsync(options.Value.MaxBatch, Block, stoppingToken);
            if (entries.Count > 0)
            {
                await HandleAsync(engine, entries, stoppingToken);
            }

            ReportProgress();
        }
    }

    private async Task HandleAsync(TickEngine engine, IReadOnlyList<StreamEntry<Tick>> entries, CancellationToken ct)
    {
        var batch = engine.Handle(entries);
        await classifier.ClassifyAsync(batch.Signals, ct);
        var isConfirmed = false;
        try
        {
            await Prepare(engine, batch, entries).CommitAsync(ct);
            isConfirmed = true;
        }
        finally
        {
            store.Recycle(isConfirmed);
            _traces.End(isConfirmed);
        }

        metrics.Ticks(batch.Ticks, batch.Repeated, batch.Refused.Count);
        foreach (var (signal, entry) in batch.Signals)
        {
            metrics.Signal(signal.Pattern, EntryPlace.Parse(entry.Id).StoredAt);
        }

        if (batch.Refused.Count > 0)
        {
            logger.TicksRefused(batch.Refused.Count, batch.Refused[0]);
        }
    }

    private IStreamTransaction Prepare(TickEngine engine, BatchResult batch, IReadOnlyList<StreamEntry<Tick>> entries)
    {
        var transaction = transactions.Begin();
        foreach (var found in batch.Signals)
        {
            var signal = _traces.Begin(found);
            transaction.Publish(signal).Publish(SymbolSignal.From(signal));
        }

        store.Save(transaction, engine, batch);
        transaction.Acknowledge(lane.Of(StreamNames.RawTicks), ConsumerGroups.Pattern, [.. entries.Select(static entry => entry.Id)]);
        foreach (var (run, seq) in batch.Watermarks.Where(static mark => mark.Key.Length > 0))
        {
            transaction.SetWatermark(run, ReplayStages.Pattern, seq);
        }

        return transaction;
    }
}
