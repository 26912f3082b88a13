using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>One symbol's indicators and detectors: a pure state machine. For one thread; allocates in the constructor only.</summary>
public sealed class SymbolPatterns
{
    /// <summary>"ATPS" and the layout's version; a state of another version is refused.</summary>
    private const int Magic = 0x53505441;
    private const int Version = 3;

    private readonly PatternParameters _parameters;
    private readonly bool _runsEmaCross;
    private readonly bool _runsVwapDeviation;
    private readonly bool _runsBreakout;
    private EmaCrossDetector _emaCross;
    private VwapDeviationDetector _vwapDeviation;
    private BreakoutDetector _breakout;
    private readonly TickPatterns? _ticks;
    private readonly BarPatterns? _bars;

    /// <summary>A symbol that has seen nothing.</summary>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public SymbolPatterns(PatternParameters parameters)
        : this(parameters, new StateSlab(symbolsOfBlock: 1)) { }

    /// <summary>A symbol that has seen nothing, its state beside the others of a slab.</summary>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public SymbolPatterns(PatternParameters parameters, StateSlab slab)
    {
        if (parameters.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(parameters));
        }

        _parameters = parameters;
        var running = parameters.Running;
        _runsEmaCross = running.Contains(PatternCatalogue.EmaCross);
        _runsVwapDeviation = running.Contains(PatternCatalogue.VwapDeviation);
        _runsBreakout = running.Contains(PatternCatalogue.Breakout);
        State = new SymbolState(parameters, slab);
        _emaCross = new EmaCrossDetector(parameters);
        _vwapDeviation = new VwapDeviationDetector(parameters);
        _breakout = new BreakoutDetector(parameters);
        _ticks = new TickPatterns(parameters) is { IsIdle: false } ticks ? ticks : null;
        _bars = new BarPatterns(parameters) is { IsIdle: false } bars ? bars : null;
    }

    /// <summary>The indicators.</summary>
    public SymbolState State { get; }

    /// <summary>Length of the window of last prices.</summary>
    public int Window => _parameters.Window;

    /// <summary>Takes the next tick.</summary>
    /// <param name="tick">A tick of this symbol.</param>
    /// <param name="found">Room for <see cref="PatternCatalogue.Count"/> detections.</param>
    /// <returns>Number of detections, in the order of the catalogue.</returns>
    public int Apply(in PackedTick tick, Span<Detection> found)
    {
        State.Apply(tick);
        var detections = new Detections(found);
        if (tick.Kind == TickKind.Trade)
        {
            Trade(ref detections);
            _ticks?.Trade(tick, State, ref detections);
        }
        else
        {
            _ticks?.Quote(tick, ref detections);
        }

        _bars?.Update(tick, ref detections);
        return detections.Count;
    }

    /// <summary>Writes the whole state: version, parameters, indicators, detectors.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
        _parameters.Save(writer);
        State.Save(writer);
        _emaCross.Save(writer);
        _vwapDeviation.Save(writer);
        _breakout.Save(writer);
        _ticks?.Save(writer);
        _bars?.Save(writer);
    }

    /// <summary>Makes a symbol from what <see cref="Save"/> wrote; it goes on as if it had never stopped.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    public static SymbolPatterns Restore(PatternParameters parameters, ReadOnlySpan<byte> saved) =>
        Restore(parameters, saved, new StateSlab(symbolsOfBlock: 1));

    /// <summary>The same, its state beside the others of a slab.</summary>
    /// <exception cref="InvalidDataException">The bytes are torn, of another version, or were made with other parameters.</exception>
    public static SymbolPatterns Restore(PatternParameters parameters, ReadOnlySpan<byte> saved, StateSlab slab)
    {
        var reader = new StateReader(saved);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != Version)
        {
            throw new InvalidDataException($"The state is not of version {Version}.");
        }

        var expected = new StateWriter();
        parameters.Save(expected);
        var header = 2 * sizeof(int);
        if (saved.Length < header + expected.Length || !saved.Slice(header, expected.Length).SequenceEqual(expected.Written.Span))
        {
            throw new InvalidDataException("The state was made with other parameters.");
        }

        var restored = new SymbolPatterns(parameters, slab);
        restored.Load(saved[(header + expected.Length)..]);
        return restored;
    }

    private void Trade(ref Detections found)
    {
        if (_runsEmaCross && _emaCross.TryDetect(State, out var cross))
        {
            found.Add(cross);
        }

        if (_runsVwapDeviation && _vwapDeviation.TryDetect(State, out var deviation))
        {
            found.Add(deviation);
        }

        if (_runsBreakout && _breakout.TryDetect(State, out var breakout))
        {
            found.Add(breakout);
        }
    }

    private void Load(ReadOnlySpan<byte> saved)
    {
        var reader = new StateReader(saved);
        State.Load(ref reader);
        _emaCross.Load(ref reader);
        _vwapDeviation.Load(ref reader);
        _breakout.Load(ref reader);
        _ticks?.Load(ref reader);
        _bars?.Load(ref reader);
        if (!reader.AtEnd)
        {
            throw new InvalidDataException("The state is longer than it should be.");
        }
    }
}
