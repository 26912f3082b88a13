namespace AITrader.Domain.Normalization;

/// <summary>How far the numbers and times of an instrument's events of one kind were seen, and whether that can be true.</summary>
/// <remarks>
/// What was seen is not believed for ever: where a source begins its numbers again, or told one that was far too high, all that it tells
/// from then on would be called old. A run of rising
/// numbers below the newest is such a new beginning: a repeat carries the time of what it repeats, so events that are all newer than any
/// before are none; where the source tells no times, the run must be longer.
/// </remarks>
internal struct SeenEvents
{
    private const int RunWithTimes = 5;
    private const int RunWithoutTimes = 16;

    private long _lowerFirst;
    private long _lowerLast;
    private int _lower;
    private bool _isFirstOfConnection;

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether <see cref="Sequence"/> is known: 0 is also what lies before a first number that is known to be 1.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Newest time on this connection; 0 where none is known.</summary>
    public long ConnectionMicros { get; private set; }

    /// <summary>Newest time on all connections; 0 where none is known.</summary>
    public long NewestMicros { get; private set; }

    /// <summary>What comes now comes on another line, which need not go on where the one before ended.</summary>
    public void StartConnection() => (_isFirstOfConnection, ConnectionMicros, _lower) = (true, 0, 0);

    /// <summary>Somebody knows of events up to a number, and of a time of the last one.</summary>
    public void Know(long sequence, long micros)
    {
        (Sequence, IsKnown) = (sequence, IsKnown || sequence > 0);
        NewestMicros = Math.Max(NewestMicros, micros);
    }

    /// <summary>The event passes.</summary>
    public void Take(long sequence) => (Sequence, IsKnown, _lower, _isFirstOfConnection) = (sequence, true, 0, false);

    /// <summary>Notes a time that is believed; false where it lies before one of this line.</summary>
    public bool TakeTime(long micros)
    {
        if (micros > 0 && micros < ConnectionMicros)
        {
            return false;
        }

        ConnectionMicros = Math.Max(ConnectionMicros, micros);
        NewestMicros = Math.Max(NewestMicros, micros);
        return true;
    }

    /// <summary>Whether a number that is not above the newest one begins the numbers anew; if so, they are.</summary>
    /// <param name="rule">How events are numbered.</param>
    /// <param name="source">The event.</param>
    /// <param name="believed">Its time where that is believed, else 0.</param>
    public bool BeginsAgain(SequenceRule rule, in SourceTick source, long believed)
    {
        var isFirst = _isFirstOfConnection && rule == SequenceRule.Increasing && source.Sequence < Sequence;
        _isFirstOfConnection = false;
        if (!isFirst && !IsRun(rule, source, believed))
        {
            return false;
        }

        // Of a contiguous run those that were taken for repeats can be fetched still.
        Sequence = (rule == SequenceRule.Contiguous ? _lowerFirst : source.Sequence) - 1;
        _lower = 0;
        return true;
    }

    private bool IsRun(SequenceRule rule, in SourceTick source, long believed)
    {
        var hasTime = source.SourceMicros > 0;
        if (source.IsFill || (hasTime && believed <= NewestMicros))
        {
            _lower = 0;
            return false;
        }

        if (_lower > 0 && source.Sequence == _lowerLast)
        {
            return false; // a repeat within the run
        }

        var follows = _lower > 0 && (rule == SequenceRule.Contiguous ? source.Sequence == _lowerLast + 1 : source.Sequence > _lowerLast);
        (_lowerFirst, _lower) = follows ? (_lowerFirst, _lower + 1) : (source.Sequence, 1);
        _lowerLast = source.Sequence;
        return _lower >= (hasTime ? RunWithTimes : RunWithoutTimes);
    }
}
