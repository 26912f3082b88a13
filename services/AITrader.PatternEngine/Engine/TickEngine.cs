using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Classes;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;

namespace AITrader.PatternEngine.Engine;

/// <summary>
/// The state machine between ticks and signals. No clock, no I/O: what it gives depends on the ticks and their order alone, not on batches,
/// shards or threads. For one caller
/// at a time, which never waits for anything but the shards' work.
/// </summary>
internal sealed class TickEngine : IDisposable
{
    private readonly ShardedEngine _engine;
    private readonly Dictionary<string, Progress> _progress;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly List<StreamEntry<Tick>> _posted = [];
    private long _before;

    public TickEngine(EngineSettings settings)
        : this(settings, string.Empty, new Dictionary<string, Progress>(StringComparer.Ordinal)) { }

    public TickEngine(EngineSettings settings, string run, Dictionary<string, Progress> progress)
    {
        _progress = progress;
        Run = run;
        _engine = new ShardedEngine(settings);
    }

    /// <summary>Run of the ticks it holds the state of; empty when live.</summary>
    public string Run { get; private set; }

    /// <summary>How far each partition was handled.</summary>
    public IReadOnlyDictionary<string, Progress> Progress => _progress;

    /// <summary>The shards, between batches.</summary>
    public ShardedEngine Shards => _engine;

    public void Dispose() => _engine.Dispose();

    /// <summary>Handles a batch in order. Entries that were handled before are passed over.</summary>
    public BatchResult Handle(IReadOnlyList<StreamEntry<Tick>> entries)
    {
        _touched.Clear();
        _posted.Clear();
        _before = _engine.Position;
        var result = new BatchResult();
        foreach (var entry in entries)
        {
            Handle(entry, result);
        }

        Finish(result);
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
            Begin(tick.Run, result);
        }

        // A publisher that was not sure whether Redis had stored its ticks may have stored them twice.
        var isPublishedTwice = !isNewRun && Run.Length > 0 && tick.Seq <= before.Seq;
        _progress[place.Partition] = new Progress(place, isPublishedTwice ? before.Seq : tick.Seq);
        if (isPublishedTwice)
        {
            result.Repeated++;
            return;
        }

        Apply(entry, result);
    }

    private void Apply(in StreamEntry<Tick> entry, BatchResult result)
    {
        var message = entry.Message;
        result.Watermarks[Run] = message.Seq;
        if (!TickConverter.TryConvert(message, out var tick))
        {
            result.Refused.Add(entry.Id);
            return;
        }

        _touched.Add(message.Symbol);
        result.Ticks++;
        _posted.Add(entry);
        tick = tick with { Symbol = _engine.Symbols.Intern(message.Symbol) };
        while (!_engine.TryPost(tick))
        {
            while (_engine.TryTake(out var signal))
            {
                Collect(signal, result);
            }
        }
    }

    private void Finish(BatchResult result)
    {
        while (_engine.Take(out var signal))
        {
            Collect(signal, result);
        }
    }

    private void Collect(in EngineSignal signal, BatchResult result)
    {
        // A signal points somewhere; a neutral pattern is not among those that run here.
        if (signal.Detection.Direction != SignalDirection.Neutral)
        {
            var entry = _posted[(int)(signal.Sequence - _before - 1)];
            var message = SignalFactory.Create(entry.Message, signal, _engine.Window(signal), PatternCatalogue.BuiltIn);
            result.Signals.Add(new FoundSignal(message, entry) { Bars = BarsOf(signal) });
        }

        _engine.Release(signal);
    }

    private float[] BarsOf(in EngineSignal signal)
    {
        var bars = _engine.Bars(signal);
        var numbers = bars.Length == 0 ? [] : new float[bars.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (float)bars[i];
        }

        return numbers;
    }

    private void Begin(string run, BatchResult result)
    {
        Finish(result);
        Run = run;
        _engine.Clear();
        _touched.Clear();
    }
}

/// <summary>What a batch brought.</summary>
internal sealed class BatchResult
{
    /// <summary>Signals in order.</summary>
    public List<FoundSignal> Signals { get; } = [];

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
