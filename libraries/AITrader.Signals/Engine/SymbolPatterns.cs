using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Microstructure;
using AITrader.Signals.State;

namespace AITrader.Signals.Engine;

/// <summary>One symbol's indicators and detectors: a pure state machine. For one thread; allocates in the constructor only.</summary>
public sealed class SymbolPatterns
{
    /// <summary>"ATPS" and the layout's version; a state of another version is refused.</summary>
    private const int Magic = 0x53505441;
    private const int Version = 6;

    /// <summary>Cache lines that hold what most detectors remember.</summary>
    private const int LinesOfDetector = 2;

    private readonly PatternParameters _parameters;
    private readonly CoolDowns _coolDowns;
    private readonly TradeDetector[] _trades;
    private readonly QuoteDetector[] _quotes;
    private readonly SymbolBars? _bars;
    private readonly BarTail? _tail;
    private readonly bool _readsSide;
    private TradeFlow _flow;

    /// <summary>A symbol that has seen nothing.</summary>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public SymbolPatterns(PatternParameters parameters)
        : this(new DetectorPlan(parameters), new StateSlab(symbolsOfBlock: 1)) { }

    /// <summary>A symbol that has seen nothing, its state beside the others of a slab.</summary>
    internal SymbolPatterns(DetectorPlan plan, StateSlab slab)
    {
        _parameters = plan.Parameters;
        State = new SymbolState(_parameters.Periods, slab);
        _coolDowns = new CoolDowns(plan.Terms);
        _trades = plan.Create<TradeDetector>(PatternInput.Tick);
        _quotes = plan.Create<QuoteDetector>(PatternInput.Tick);
        _readsSide = Array.Exists(_trades, static detector => detector.ReadsSide);
        _bars = plan.ReadsBars ? new SymbolBars(plan) : null;
        _tail = _parameters.ClassBars > 0 ? new BarTail(_parameters.ClassBars, _parameters.ClassBarSeconds) : null;
    }

    /// <summary>The indicators.</summary>
    public SymbolState State { get; }

    /// <summary>The patterns that its detections refer to.</summary>
    public PatternCatalogue Catalogue => _parameters.Catalogue;

    /// <summary>Length of the window of last prices.</summary>
    public int Window => _parameters.Window;

    private IEnumerable<Detector> TickDetectors => [.. _trades, .. _quotes];

    /// <summary>Takes the next tick.</summary>
    /// <param name="tick">A tick of this symbol.</param>
    /// <param name="found">Room for a detection of every pattern.</param>
    /// <returns>Number of detections, in the order of the catalogue.</returns>
    public int Apply(in PackedTick tick, Span<Detection> found)
    {
        PrefetchDetectors();
        State.Apply(tick);
        var detections = new Detections(found, _coolDowns);
        if (tick.Kind == TickKind.Trade)
        {
            if (_readsSide)
            {
                _flow.Update(tick, State);
            }

            foreach (var detector in _trades)
            {
                detector.Update(tick, _flow.Side, State, ref detections);
            }
        }
        else
        {
            foreach (var detector in _quotes)
            {
                detector.Update(tick, ref detections);
            }
        }

        _bars?.Update(tick, ref detections);
        _tail?.Update(tick);
        return detections.Count;
    }

    /// <summary>Copies the last closed bars that a classifier looks at (<see cref="BarTail.CopyTo"/>).</summary>
    /// <returns>Numbers copied; 0 where there are too few bars, or no classifier.</returns>
    public int CopyBars(Span<double> to) => _tail?.CopyTo(to) ?? 0;

    // What the detectors remember comes from memory while the indicators are computed: with many symbols it is in no near cache.
    private void PrefetchDetectors()
    {
        foreach (var detector in _trades)
        {
            Prefetch.Fields(detector, LinesOfDetector);
        }
    }

    /// <summary>Writes the whole state: version, parameters, indicators, detectors.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
        _parameters.Save(writer);
        State.Save(writer);
        _flow.Save(writer);
        _coolDowns.Save(writer);
        foreach (var detector in TickDetectors)
        {
            detector.Save(writer);
        }

        _bars?.Save(writer);
        _tail?.Save(writer);
    }

    /// <summary>Makes a symbol from what <see cref="Save"/> wrote; it goes on as if it had never stopped.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    public static SymbolPatterns Restore(PatternParameters parameters, ReadOnlySpan<byte> saved) =>
        Restore(new DetectorPlan(parameters), saved, new StateSlab(symbolsOfBlock: 1));

    /// <summary>The same, its state beside the others of a slab.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    internal static SymbolPatterns Restore(DetectorPlan plan, ReadOnlySpan<byte> saved, StateSlab slab)
    {
        var reader = new StateReader(saved);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != Version)
        {
            throw new InvalidDataException($"The state is not of version {Version}.");
        }

        var expected = new StateWriter();
        plan.Parameters.Save(expected);
        var header = 2 * sizeof(int);
        if (saved.Length < header + expected.Length || !saved.Slice(header, expected.Length).SequenceEqual(expected.Written.Span))
        {
            throw new InvalidDataException("The state was made with other parameters.");
        }

        var restored = new SymbolPatterns(plan, slab);
        restored.Load(saved[(header + expected.Length)..]);
        return restored;
    }

    private void Load(ReadOnlySpan<byte> saved)
    {
        var reader = new StateReader(saved);
        State.Load(ref reader);
        _flow.Load(ref reader);
        _coolDowns.Load(ref reader);
        foreach (var detector in TickDetectors)
        {
            detector.Load(ref reader);
        }

        _bars?.Load(ref reader);
        _tail?.Load(ref reader);
        if (!reader.AtEnd)
        {
            throw new InvalidDataException("The state is longer than it should be.");
        }
    }
}
