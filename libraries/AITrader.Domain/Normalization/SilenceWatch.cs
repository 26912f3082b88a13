namespace AITrader.Domain.Normalization;

/// <summary>What to do about instruments that say nothing.</summary>
public enum SilenceStep
{
    /// <summary>Nothing more than before: the next step is not due yet.</summary>
    Wait,

    /// <summary>Subscribe it again.</summary>
    Resubscribe,

    /// <summary>Make a new line.</summary>
    Redial,
}

/// <summary>An instrument that is stale.</summary>
/// <param name="Symbol">Index of its symbol.</param>
/// <param name="SilentMicros">How long it has said nothing.</param>
/// <param name="LimitMicros">Its limit.</param>
/// <param name="Step">What is due now.</param>
public readonly record struct SilentInstrument(int Symbol, long SilentMicros, long LimitMicros, SilenceStep Step);

/// <summary>Knows of every instrument since when it is silent. <see cref="Heard"/> is for one thread, <see cref="Check"/> for one
/// other.</summary>
/// <remarks>
/// An instrument is stale when it was silent for its limit: then it is to be subscribed again. Still silent at twice the limit, the line is
/// to be made anew; and again at four, eight
/// and so on times the limit, so that an instrument that just does not trade costs less and less. Anything heard of it ends that.
/// </remarks>
public sealed class SilenceWatch
{
    private readonly long[] _limits;
    private readonly long[] _heard;
    private readonly long[] _episode;
    private readonly long[] _due;

    /// <summary>Starts to watch.</summary>
    /// <param name="limitsMicros">Limit of each symbol by index, microseconds; 0 for none.</param>
    /// <param name="nowMicros">Time from which silence counts.</param>
    public SilenceWatch(ReadOnlySpan<long> limitsMicros, long nowMicros)
    {
        _limits = limitsMicros.ToArray();
        _heard = new long[_limits.Length];
        _episode = new long[_limits.Length];
        _due = new long[_limits.Length];
        Array.Fill(_heard, nowMicros);
        Array.Fill(_episode, nowMicros);
        limitsMicros.CopyTo(_due);
    }

    /// <summary>The source spoke of an instrument.</summary>
    public void Heard(int symbol, long micros) => Volatile.Write(ref _heard[symbol], micros);

    /// <summary>When the source last spoke of an instrument.</summary>
    public long LastHeard(int symbol) => Volatile.Read(ref _heard[symbol]);

    /// <summary>Counts silence from now on, as after a time in which nobody listened.</summary>
    public void Forgive(long nowMicros)
    {
        for (var i = 0; i < _heard.Length; i++)
        {
            Volatile.Write(ref _heard[i], nowMicros);
        }
    }

    /// <summary>Finds the stale ones.</summary>
    /// <param name="nowMicros">Present time.</param>
    /// <param name="silent">Filled with them.</param>
    /// <returns>The strongest step that is due.</returns>
    public SilenceStep Check(long nowMicros, ICollection<SilentInstrument> silent)
    {
        ArgumentNullException.ThrowIfNull(silent);
        silent.Clear();
        var strongest = SilenceStep.Wait;
        for (var i = 0; i < _limits.Length; i++)
        {
            var heard = Volatile.Read(ref _heard[i]);
            if (_limits[i] <= 0 || nowMicros - heard < _limits[i])
            {
                continue;
            }

            var step = Step(i, heard, nowMicros);
            silent.Add(new SilentInstrument(i, nowMicros - heard, _limits[i], step));
            strongest = step > strongest ? step : strongest;
        }

        return strongest;
    }

    private SilenceStep Step(int symbol, long heard, long now)
    {
        var isNew = _episode[symbol] != heard;
        if (isNew)
        {
            (_episode[symbol], _due[symbol]) = (heard, _limits[symbol]);
        }

        if (now - heard < _due[symbol])
        {
            return SilenceStep.Wait;
        }

        var isFirst = _due[symbol] == _limits[symbol];
        while (_due[symbol] <= now - heard)
        {
            _due[symbol] *= 2;
        }

        return isFirst ? SilenceStep.Resubscribe : SilenceStep.Redial;
    }
}
