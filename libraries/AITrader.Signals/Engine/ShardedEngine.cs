using System.Diagnostics;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Engine;

/// <summary>Ticks in, signals out in the order of the ticks. Each symbol belongs to one shard, and each shard to one thread; signals do not
/// depend on how many there are.</summary>
/// <remarks>
/// For one caller thread at a time: it posts, takes, saves and restores. The shards' threads meet it in rings only: no locks, no logging
/// and, once a symbol is known, no
/// allocation. A full ring is answered by false, never by waiting: take signals, then post again.
/// </remarks>
public sealed class ShardedEngine : IDisposable
{
    private readonly EngineSettings _settings;
    private readonly EngineShard[] _shards;
    private readonly List<(int Shard, int Slot)> _places = [];
    private bool _isDisposed;

    /// <summary>Starts the shards' threads.</summary>
    public ShardedEngine(EngineSettings settings)
    {
        settings.Check();
        _settings = settings;
        _shards = [.. Enumerable.Range(0, settings.Shards).Select(number => new EngineShard(number, settings))];
        Array.ForEach(_shards, static shard => shard.Start());
    }

    /// <summary>Symbols that ticks' indices refer to.</summary>
    public SymbolTable Symbols { get; private set; } = new();

    /// <summary>Number of the last tick posted; the first is 1.</summary>
    public long Position { get; private set; }

    /// <summary>Whether every tick posted was handled and every signal taken.</summary>
    public bool IsIdle => Array.TrueForAll(_shards, static shard => shard.IsIdle && shard.Output.IsEmpty);

    /// <summary>What each shard did.</summary>
    public IReadOnlyList<ShardStatistics> Statistics => Array.ConvertAll(_shards, static shard => shard.Statistics);

    /// <summary>From a tick's post to its signals' leaving the shard, of all shards so far. Allocates; any thread may look.</summary>
    public LatencyHistogram Latency()
    {
        var all = new LatencyHistogram();
        Array.ForEach(_shards, shard => all.Add(shard.Latency));
        return all;
    }

    /// <summary>Shard of a symbol: FNV-1a of its characters, modulo the number of shards, so the same everywhere and always.</summary>
    public static int ShardOf(string symbol, int shards)
    {
        var hash = 2_166_136_261u;
        foreach (var c in symbol)
        {
            hash = unchecked((hash ^ c) * 16_777_619u);
        }

        return (int)(hash % (uint)shards);
    }

    /// <summary>Gives a tick to its symbol's shard, or says that its ring is full.</summary>
    /// <param name="tick">A tick whose symbol is an index of <see cref="Symbols"/>.</param>
    /// <exception cref="EngineFaultException">A shard stopped on a bug.</exception>
    public bool TryPost(in PackedTick tick)
    {
        var (shard, slot) = Place(tick.Symbol);
        var home = _shards[shard];
        Check(home, shard);
        if (!home.TryPost(new PostedTick(tick, slot, Position + 1, Stopwatch.GetTimestamp())))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>The next signal in the order of ticks, where it is certain that none comes before it. Give it back with
    /// <see cref="Release"/>.</summary>
    /// <exception cref="EngineFaultException">A shard stopped on a bug.</exception>
    public bool TryTake(out EngineSignal signal)
    {
        signal = default;
        var first = -1;
        for (var i = 0; i < _shards.Length; i++)
        {
            var waiting = _shards[i].Output.Peek();
            if (!waiting.IsEmpty && (first < 0 || waiting[0].Sequence < signal.Sequence))
            {
                first = i;
                signal = waiting[0];
            }
        }

        if (first < 0 || !IsNext(signal.Sequence, first))
        {
            Check();
            return false;
        }

        _shards[first].Output.Advance(1);
        return true;
    }

    /// <summary>The next signal, waiting for it while ticks are under way; false once every tick posted was handled and every signal
    /// taken.</summary>
    /// <exception cref="EngineFaultException">A shard stopped on a bug.</exception>
    public bool Take(out EngineSignal signal)
    {
        var wait = default(SpinWait);
        while (!TryTake(out signal))
        {
            // Idle is looked at before the last try: what was found up to then is there to be taken.
            if (IsIdle)
            {
                return TryTake(out signal);
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }

        return true;
    }

    /// <summary>The last trade prices up to the signal's tick, oldest first; until the signal is released.</summary>
    public ReadOnlySpan<double> Window(in EngineSignal signal) => Home(signal).WindowPool[signal.Window.Slot][..signal.Window.Prices];

    /// <summary>The last closed bars up to the signal's tick (<see cref="BarTail.CopyTo"/>), empty where there are too few; until it is
    /// released.</summary>
    public ReadOnlySpan<double> Bars(in EngineSignal signal) =>
        Home(signal).WindowPool[signal.Window.Slot].Slice(_settings.MaxWindow, signal.Window.Bars);

    /// <summary>Gives back what the signal holds. Once for every signal taken.</summary>
    public void Release(in EngineSignal signal)
    {
        if (signal.Window.IsLastOfTick)
        {
            Home(signal).WindowPool.Return(signal.Window.Slot);
        }
    }

    /// <summary>Writes the state of a symbol.</summary>
    /// <exception cref="InvalidOperationException">Ticks are under way.</exception>
    public void Save(int symbol, StateWriter writer)
    {
        ThrowUnlessIdle();
        PatternsOf(symbol).Save(writer);
    }

    /// <summary>Puts a symbol in place as <see cref="Save(int, StateWriter)"/> wrote it, by an engine of any number of shards.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    /// <exception cref="InvalidOperationException">Ticks are under way, or the symbol is known.</exception>
    public void Restore(string symbol, ReadOnlySpan<byte> saved)
    {
        ThrowUnlessIdle();
        var shard = ShardOf(symbol, _shards.Length);
        var slot = _shards[shard].Restore(_settings.Patterns.For(symbol), saved);
        if (Symbols.Intern(symbol) != _places.Count)
        {
            throw new InvalidOperationException($"{symbol} is there already, or others were named and not used.");
        }

        _places.Add((shard, slot));
    }

    /// <summary>Forgets every symbol; ticks go on being numbered.</summary>
    /// <exception cref="InvalidOperationException">Ticks are under way.</exception>
    public void Clear()
    {
        ThrowUnlessIdle();
        Array.ForEach(_shards, static shard => shard.Forget());
        _places.Clear();
        Symbols = new SymbolTable();
    }

    /// <summary>Stops the threads; what was posted and not handled is lost, so take everything first.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Array.ForEach(_shards, static shard => shard.Dispose());
        }
    }

    /// <summary>A symbol's patterns, while nothing is under way.</summary>
    internal SymbolPatterns PatternsOf(int symbol)
    {
        var (shard, slot) = Place(symbol);
        return _shards[shard][slot];
    }

    internal void Continue(long position)
    {
        ThrowUnlessIdle();
        Position = position;
    }

    // A shard that may still find something before the signal: it has ticks under way, was not seen beyond it, and shows none yet.
    private bool IsNext(long sequence, int shard)
    {
        for (var i = 0; i < _shards.Length; i++)
        {
            if (i == shard)
            {
                continue;
            }

            var isBeyond = _shards[i].IsIdle || _shards[i].LastHandled >= sequence;
            var waiting = _shards[i].Output.Peek();
            if (waiting.IsEmpty ? !isBeyond : waiting[0].Sequence < sequence)
            {
                return false;
            }
        }

        return true;
    }

    private (int Shard, int Slot) Place(int symbol)
    {
        while (symbol >= _places.Count)
        {
            var name = Symbols[_places.Count];
            var shard = ShardOf(name, _shards.Length);
            _places.Add((shard, _shards[shard].Add(_settings.Patterns.For(name))));
        }

        return _places[symbol];
    }

    private EngineShard Home(in EngineSignal signal) => _shards[_places[signal.Symbol].Shard];

    private void Check()
    {
        for (var i = 0; i < _shards.Length; i++)
        {
            Check(_shards[i], i);
        }
    }

    private static void Check(EngineShard shard, int number)
    {
        if (shard.Fault is { } cause)
        {
            throw new EngineFaultException(number, cause);
        }
    }

    private void ThrowUnlessIdle()
    {
        if (!IsIdle)
        {
            throw new InvalidOperationException("Ticks are under way: take every signal first.");
        }
    }
}
