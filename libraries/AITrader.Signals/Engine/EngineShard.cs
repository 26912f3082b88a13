using System.Diagnostics;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Engine;

/// <summary>One hot thread with its symbols. The thread is the only one that touches their state, but for moments when it has nothing to
/// do.</summary>
internal sealed class EngineShard : IDisposable
{
    /// <summary>Ticks after which their slots are given back.</summary>
    private const int Run = 64;

    private const int FarAhead = 8;
    private const int Ahead = 4;
    private const int Windows = 256;

    private static readonly double NanosPerStamp = 1e9 / Stopwatch.Frequency;

    private readonly SpscRing<PostedTick> _input;
    private readonly SpscRing<EngineSignal> _output;
    private readonly ParkingSpot _parking = new();
    private readonly SymbolFactory _factory = new();
    private readonly Detection[] _found;
    private readonly Thread _thread;
    private readonly int _spins;
    private readonly long[]? _handledAt;
    private readonly int _barsAt;
    private SymbolPatterns[] _symbols = new SymbolPatterns[16];
    private int _count;
    private ShardProgress _progress;
    private volatile bool _isStopping;
    private volatile Exception? _fault;

    internal EngineShard(int number, EngineSettings settings)
    {
        _input = new SpscRing<PostedTick>(settings.RingCapacity);
        _output = new SpscRing<EngineSignal>(settings.RingCapacity);
        WindowPool = new WindowPool(Windows, settings.MaxWindow + settings.MaxBarNumbers);
        _barsAt = settings.MaxWindow;
        _found = new Detection[settings.Patterns.Catalogue.Count];
        _spins = settings.Spins;
        _handledAt = settings.HandledAt;
        _thread = new Thread(Work) { IsBackground = true, Name = $"pattern-shard-{number}" };
    }

    /// <summary>Sequence of the last tick posted. The poster's.</summary>
    internal long LastPosted { get; private set; }

    /// <summary>Sequence up to which every tick of this shard was handled. Acquire; partner: Handle.</summary>
    internal long LastHandled => Volatile.Read(ref _progress.LastHandled);

    internal bool IsIdle => LastHandled == LastPosted;

    internal Exception? Fault => _fault;

    internal WindowPool WindowPool { get; }

    internal LatencyHistogram Latency { get; } = new();

    internal SpscRing<EngineSignal> Output => _output;

    internal ShardStatistics Statistics =>
        new(
            Volatile.Read(ref _progress.Ticks),
            Volatile.Read(ref _progress.Signals),
            Volatile.Read(ref _progress.Parks),
            Volatile.Read(ref _progress.Allocated),
            WindowPool.InUse,
            _input.Count
        );

    internal void Start() => _thread.Start();

    /// <summary>The state of a symbol, for the poster while the shard is idle.</summary>
    internal SymbolPatterns this[int slot] => _symbols[slot];

    /// <summary>Room for another symbol; the thread sees it with the first tick that names it.</summary>
    internal int Add(PatternParameters parameters) => Add(_factory.Create(parameters));

    internal int Restore(PatternParameters parameters, ReadOnlySpan<byte> saved) => Add(_factory.Restore(parameters, saved));

    internal void Forget()
    {
        Array.Clear(_symbols);
        _count = 0;
    }

    internal bool TryPost(in PostedTick tick)
    {
        if (!_input.TryWrite(tick))
        {
            return false;
        }

        LastPosted = tick.Sequence;
        _parking.Wake();
        return true;
    }

    public void Dispose()
    {
        _isStopping = true;
        _parking.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _parking.Dispose();
    }

    private int Add(SymbolPatterns patterns)
    {
        if (_count == _symbols.Length)
        {
            // The old array stays as it is for the thread until a tick that needs the new one.
            Array.Resize(ref _symbols, 2 * _count);
        }

        _symbols[_count] = patterns;
        return _count++;
    }

    private void Work()
    {
        try
        {
            while (!_isStopping)
            {
                var ticks = _input.Peek();
                if (ticks.IsEmpty)
                {
                    Rest();
                }
                else
                {
                    Handle(ticks);
                }
            }
        }
#pragma warning disable CA1031 // A thread's end: whoever posts learns of it, with the cause.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _fault = cause;
        }
    }

    private void Rest()
    {
        for (var spin = 0; spin < _spins; spin++)
        {
            if (!_input.IsEmpty || _isStopping)
            {
                return;
            }

            Thread.SpinWait(1);
        }

        _parking.Announce();
        if (_input.IsEmpty && !_isStopping)
        {
            Volatile.Write(ref _progress.Parks, _progress.Parks + 1);
            _parking.Sleep();
        }
        else
        {
            _parking.Withdraw();
        }
    }

    private void Handle(ReadOnlySpan<PostedTick> waiting)
    {
        var ticks = waiting[..Math.Min(waiting.Length, Run)];
        var symbols = _symbols;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (i + FarAhead < waiting.Length)
            {
                symbols[waiting[i + FarAhead].Slot].State.Prefetch();
                symbols[waiting[i + Ahead].Slot].State.PrefetchWindow();
            }

            ref readonly var posted = ref ticks[i];
            var patterns = symbols[posted.Slot];
            var count = patterns.Apply(posted.Tick, _found);
            if (count > 0 && !TryReport(posted, patterns, count))
            {
                return;
            }

            if (_handledAt is { } handledAt)
            {
                handledAt[posted.Sequence % handledAt.Length] = Stopwatch.GetTimestamp();
            }
        }

        var last = ticks[^1].Sequence;
        Volatile.Write(ref _progress.Ticks, _progress.Ticks + ticks.Length);
        Volatile.Write(ref _progress.Allocated, GC.GetAllocatedBytesForCurrentThread());
        _input.Advance(ticks.Length);

        // Release: all signals up to here before the position. Partner: LastHandled.
        Volatile.Write(ref _progress.LastHandled, last);
    }

    /// <summary>Hands the signals of one tick on; false where the engine stops meanwhile.</summary>
    private bool TryReport(in PostedTick posted, SymbolPatterns patterns, int count)
    {
        int window;
        while (!WindowPool.TryRent(out window))
        {
            if (_isStopping)
            {
                return false;
            }

            Thread.Yield();
        }

        var length = patterns.State.CopyWindow(WindowPool[window][..patterns.Window]);
        var bars = patterns.CopyBars(WindowPool[window][_barsAt..]);
        for (var i = 0; i < count; i++)
        {
            var signal = new EngineSignal(posted, patterns.State, _found[i], new SignalWindow(window, length, bars, i == count - 1));
            while (!_output.TryWrite(signal))
            {
                if (_isStopping)
                {
                    return false;
                }

                Thread.Yield();
            }
        }

        Volatile.Write(ref _progress.Signals, _progress.Signals + count);
        Latency.Record((long)((Stopwatch.GetTimestamp() - posted.Stamp) * NanosPerStamp));
        return true;
    }
}
