using AITrader.Markets.Patterns;
using AITrader.Markets.State;
using AITrader.Messaging;
using AITrader.PatternEngine.Diagnostics;

namespace AITrader.PatternEngine.Engine;

/// <summary>Keeps the engine's state beside its progress: a head with run, progress and symbols, and one blob per symbol, so that a batch writes what it changed.</summary>
internal sealed class EngineStore(IStreamState state, PatternSettings settings, ILogger<EngineStore> logger)
{
    public const string HeadKey = "state:pattern-engine";

    private const int Version = 1;

    /// <summary>The engine as of the last commit; a new one where there is none.</summary>
    public async Task<TickEngine> LoadAsync(CancellationToken ct)
    {
        if (await state.GetAsync(HeadKey, ct) is not { } head)
        {
            return new TickEngine(settings);
        }

        var (run, progress, symbols) = ReadHead(head.Span);
        var engine = new TickEngine(settings, run, progress);
        try
        {
            foreach (var symbol in symbols)
            {
                var saved = await state.GetAsync(SymbolKey(symbol), ct) ?? throw new InvalidDataException($"The state of {symbol} is gone.");
                engine.Bank.Restore(symbol, saved.Span);
            }

            return engine;
        }
        catch (InvalidDataException problem)
        {
            // Other parameters make other signals: going on from their state would give neither the old nor the new ones.
            logger.StateUnusable(run, problem.Message);
            return new TickEngine(settings, run, progress);
        }
    }

    /// <summary>Adds the state after a batch to the batch's transaction.</summary>
    public static void Save(IStreamTransaction transaction, TickEngine engine, BatchResult batch)
    {
        transaction.SetState(HeadKey, Head(engine));
        foreach (var symbol in batch.Touched)
        {
            var writer = new StateWriter();
            engine.Bank[engine.Bank.Symbols.Intern(symbol)].Save(writer);
            transaction.SetState(SymbolKey(symbol), writer.Written);
        }
    }

    private static string SymbolKey(string symbol) => $"{HeadKey}:{symbol}";

    private static ReadOnlyMemory<byte> Head(TickEngine engine)
    {
        var writer = new StateWriter();
        writer.Write(Version);
        writer.Write(engine.Run);
        writer.Write(engine.Progress.Count);
        foreach (var (partition, progress) in engine.Progress)
        {
            writer.Write(partition);
            writer.Write(progress.Place.Millis);
            writer.Write(progress.Place.Ordinal);
            writer.Write(progress.Seq);
        }

        writer.Write(engine.Bank.Symbols.Count);
        foreach (var symbol in engine.Bank.Symbols.Names)
        {
            writer.Write(symbol);
        }

        return writer.Written;
    }

    private static (string Run, Dictionary<string, Progress> Progress, List<string> Symbols) ReadHead(ReadOnlySpan<byte> head)
    {
        var reader = new StateReader(head);
        if (reader.ReadInt32() != Version)
        {
            throw new InvalidDataException($"{HeadKey} is not of version {Version}; remove the key to start anew.");
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
