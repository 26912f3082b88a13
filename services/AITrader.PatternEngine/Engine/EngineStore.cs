using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.PatternEngine.Diagnostics;
using AITrader.Signals.Engine;
using AITrader.Signals.State;

namespace AITrader.PatternEngine.Engine;

/// <summary>Keeps the engine's state beside its progress: a head with run, progress and symbols, and one blob per symbol, so that a batch
/// writes what it changed.</summary>
/// <remarks>Each is sealed (version, length, checksum). For one caller at a time.</remarks>
internal sealed class EngineStore(Lane lane, IStreamState state, EngineSettings settings, ILogger<EngineStore> logger)
{
    public const string HeadKey = "state:pattern-engine";

    private const int Version = 2;
    private const int Unsealed = 1;

    private readonly CountedPool<StateWriter> _writers = new(static () => new StateWriter());
    private readonly List<StateWriter> _rented = [];

    /// <summary>Buffers of states that a commit is still at.</summary>
    public long InUse => _writers.InUse;

    /// <summary>The engine as of the last commit; a new one where there is none.</summary>
    public async Task<TickEngine> LoadAsync(CancellationToken ct)
    {
        if (await state.GetAsync(Head, ct) is not { } head)
        {
            return new TickEngine(settings);
        }

        var (run, progress, symbols) = ReadHead(head.Span);
        var engine = new TickEngine(settings, run, progress);
        try
        {
            foreach (var symbol in symbols)
            {
                var saved = await state.GetAsync(SymbolKey(symbol), ct)
                    ?? throw new InvalidDataException($"The state of {symbol} is gone.");
                engine.Shards.Restore(symbol, SealedState.Open(Version, saved.Span));
            }

            return engine;
        }
        catch (InvalidDataException problem)
        {
            // Other parameters make other signals: going on from their state would give neither the old nor the new ones.
            logger.StateUnusable(run, problem.Message);
            engine.Dispose();
            return new TickEngine(settings, run, progress);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Adds the state after a batch to the batch's transaction.</summary>
    public void Save(IStreamTransaction transaction, TickEngine engine, BatchResult batch)
    {
        transaction.SetState(Head, SealedState.Seal(Version, HeadOf(engine).Span));
        foreach (var symbol in batch.Touched)
        {
            var writer = _writers.Rent();
            _rented.Add(writer);
            writer.Clear();
            var start = SealedState.Begin(writer);
            engine.Shards.Save(engine.Shards.Symbols.Intern(symbol), writer);
            SealedState.Complete(Version, writer, start);
            transaction.SetState(SymbolKey(symbol), writer.Written);
        }
    }

    /// <summary>Takes the buffers of the last <see cref="Save"/> back once its transaction is over.</summary>
    /// <param name="isConfirmed">Where Redis did not confirm, the client may still be sending from them: they are let go.</param>
    public void Recycle(bool isConfirmed)
    {
        foreach (var writer in _rented)
        {
            if (isConfirmed)
            {
                _writers.Return(writer);
            }
            else
            {
                _writers.Discard();
            }
        }

        _rented.Clear();
    }

    private string Head => lane.Key(HeadKey);

    private string SymbolKey(string symbol) => $"{Head}:{symbol}";

    private static ReadOnlyMemory<byte> HeadOf(TickEngine engine)
    {
        var writer = new StateWriter();
        writer.Write(engine.Run);
        writer.Write(engine.Progress.Count);
        foreach (var (partition, progress) in engine.Progress)
        {
            writer.Write(partition);
            writer.Write(progress.Place.Millis);
            writer.Write(progress.Place.Ordinal);
            writer.Write(progress.Seq);
        }

        writer.Write(engine.Shards.Symbols.Count);
        foreach (var symbol in engine.Shards.Symbols.Names)
        {
            writer.Write(symbol);
        }

        return writer.Written;
    }

    // The first version was not sealed. It still says how far everything was handled; its symbols' states are refused one by one.
    private static (string Run, Dictionary<string, Progress> Progress, List<string> Symbols) ReadHead(ReadOnlySpan<byte> head)
    {
        var reader = new StateReader(head);
        if (reader.ReadInt32() != Unsealed)
        {
            reader = new StateReader(SealedState.Open(Version, head));
        }

        var run = reader.ReadString();
        var progress = new Dictionary<string, Progress>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(0, int.MaxValue); left > 0; left--)
        {
            var partition = reader.ReadString();
            progress[partition] = new Progress(new EntryPlace(partition, reader.ReadInt64(), reader.ReadInt64()), reader.ReadInt64());
        }

        var symbols = new List<string>();
        for (var left = reader.ReadInt32(0, int.MaxValue); left > 0; left--)
        {
            symbols.Add(reader.ReadString());
        }

        return (run, progress, symbols);
    }
}
