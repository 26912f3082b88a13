using AITrader.Contracts.Messages;
using AITrader.Markets;
using AITrader.Markets.Patterns;
using AITrader.Messaging;

namespace AITrader.PatternEngine.Engine;

/// <summary>The state machine between ticks and signals. No clock, no I/O: what it gives depends on the ticks and their order alone. For one thread.</summary>
internal sealed class TickEngine
{
    private readonly PatternSettings _settings;
    private readonly Detection[] _found = new Detection[PatternCatalogue.Count];
    private readonly Dictionary<string, Progress> _progress;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    public TickEngine(PatternSettings settings)
        : this(settings, string.Empty, new Dictionary<string, Progress>(StringComparer.Ordinal))
    {
    }

    public TickEngine(PatternSettings settings, string run, Dictionary<string, Progress> progress)
    {
        _settings = settings;
        _progress = progress;
        Run = run;
        Bank = new PatternBank(settings, new SymbolTable());
    }

    /// <summary>Run of the ticks it holds the state of; empty when live.</summary>
    public string Run { get; private set; }

    public PatternBank Bank { get; private set; }

    /// <summary>How far each partition was handled.</summary>
    public IReadOnlyDictionary<string, Progress> Progress => _progress;

    /// <summary>Handles a batch in order. Entries that were handled before are passed over.</summary>
    public BatchResult Handle(IReadOnlyList<StreamEntry<Tick>> entries)
    {
        _touched.Clear();
        var result = new BatchResult();
        foreach (var entry in entries)
        {
            Handle(entry, result);
        }

        result.Touched = [.. _touched];
        return result;
    }

    private void Handle(in StreamEntry<Tick> entry, BatchResult result)
    {
        var place = EntryPlace.Parse(entry.Id);
        var tick = entry.Message;
        if (_progress.TryGetValue(place.Partition, out var before) && place.CompareTo(before.Place) <= 0)
        {
            result.Repeated++;
            return;
        }

        var isNewRun = tick.Run != Run;
        if (isNewRun)
        {
            Begin(tick.Run);
        }

        // A publisher that was not sure whether Redis had stored its ticks may have stored them twice.
        var isPublishedTwice = !isNewRun && Run.Length > 0 && tick.Seq <= before.Seq;
        _progress[place.Partition] = new Progress(place, isPublishedTwice ? before.Seq : tick.Seq);
        if (isPublishedTwice)
        {
            result.Repeated++;
            return;
        }

        Apply(tick, entry.Id, result);
    }

    private void Apply(Tick message, string entryId, BatchResult result)
    {
        result.Watermarks[Run] = message.Seq;
        if (!TickConverter.TryConvert(message, Bank.Symbols.Intern(message.Symbol), out var tick))
        {
            result.Refused.Add(entryId);
            return;
        }

        _touched.Add(message.Symbol);
        result.Ticks++;
        var patterns = Bank[tick.Symbol];
        var count = patterns.Apply(tick, _found);
        foreach (ref readonly var detection in _found.AsSpan(0, count))
        {
            // A signal points somewhere; a neutral pattern is not among those that run here.
            if (detection.Direction != PatternDirection.Neutral)
            {
                result.Signals.Add((SignalFactory.Create(message, patterns, detection), entryId));
            }
        }
    }

    private void Begin(string run)
    {
        Run = run;
        Bank = new PatternBank(_settings, new SymbolTable());
        _touched.Clear();
    }
}

/// <summary>What a batch brought.</summary>
internal sealed class BatchResult
{
    /// <summary>Signals in order, each with the entry of its tick.</summary>
    public List<(Signal Signal, string EntryId)> Signals { get; } = [];

    /// <summary>Last sequence handled, per run.</summary>
    public Dictionary<string, long> Watermarks { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries that the hot path cannot carry.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Symbols of the current run whose state changed.</summary>
    public IReadOnlyList<string> Touched { get; set; } = [];

    /// <summary>Ticks taken.</summary>
    public int Ticks { get; set; }

    /// <summary>Entries that had been handled before.</summary>
    public int Repeated { get; set; }
}
