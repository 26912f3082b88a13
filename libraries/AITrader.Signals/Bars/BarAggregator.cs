using AITrader.Domain.Bars;
using AITrader.Domain.Sessions;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>Makes longer time bars of one symbol from shorter ones, in time order. For one thread; allocates nothing after
/// construction.</summary>
/// <remarks>
/// The result is what <see cref="TimeBarBuilder"/> makes of the same ticks, as long as those outside of the sessions make no shorter bars.
/// A shorter bar that reaches over the start or the end
/// of a session counts wholly to it, as bars of the clock's hours do where the market opens at half past: a bar cannot be split, and
/// nothing else is in it. Bars outside of the
/// sessions make none.
/// </remarks>
/// <param name="period">Length of the longer bars; <see cref="TimeBarBuilder.WholeSession"/> for daily ones.</param>
/// <param name="calendar">Sessions; UTC days where null.</param>
/// <param name="phases">Which stretches of the calendar count, each a session of its own.</param>
public sealed class BarAggregator(TimeSpan period, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
{
    private readonly SessionCalendar _calendar = calendar ?? SessionCalendar.UtcDays;
    private readonly BarInterval _interval = new(period);
    private Bar _bar;
    private bool _isOpen;
    private bool _inSession;
    private long _start = long.MinValue;
    private long _limit = long.MinValue;

    /// <summary>Bars outside of the sessions, which were left out.</summary>
    public long OutOfSession { get; private set; }

    /// <summary>Takes the next shorter bar.</summary>
    /// <param name="shorter">It must not lie in two of the longer intervals, and not before the one before.</param>
    /// <param name="closed">The longer bar that is over.</param>
    /// <returns>Whether one is over: the shorter bar began after its end.</returns>
    /// <exception cref="ArgumentException">The bar goes back in time, or reaches from one longer bar into another.</exception>
    public bool Update(in Bar shorter, out Bar closed)
    {
        closed = default;
        var from = CountsFrom(shorter);
        var any = from >= _limit && Turn(from, out closed);
        if (!_inSession)
        {
            OutOfSession++;
            return any;
        }

        if (from < _start || ReachesIntoAnother(shorter) || (_isOpen && shorter.Kind != _bar.Kind))
        {
            throw new ArgumentException(
                "The bar goes back in time, is of another kind, or reaches from one longer bar into another.",
                nameof(shorter)
            );
        }

        _bar = _isOpen ? Merge(_bar, shorter) : shorter with { StartMicros = _start, EndMicros = _limit, IsComplete = true };
        _isOpen = true;
        return any;
    }

    /// <summary>Tells that time has passed without bars: closes a bar whose interval or session is over.</summary>
    public bool AdvanceTo(long micros, out Bar closed)
    {
        closed = default;
        return _isOpen && micros >= _limit && Turn(micros, out closed);
    }

    /// <summary>Closes the open bar as it is; for the end of the data.</summary>
    public bool Flush(out Bar closed)
    {
        closed = _isOpen ? _bar with { IsComplete = false } : default;
        var any = _isOpen;
        _isOpen = false;
        return any;
    }

    /// <summary>Writes everything that the next bars depend on.</summary>
    public void Save(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write(_interval.ToString());
        state.Write(_start);
        state.Write(_limit);
        state.Write(_inSession);
        state.Write(OutOfSession);
        state.Write(_isOpen);
        if (_isOpen)
        {
            BarState.Save(state, _bar);
        }
    }

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    /// <exception cref="InvalidDataException">The state is torn or of another period.</exception>
    public void Load(ref StateReader state)
    {
        if (state.ReadString() is var length && length != _interval.ToString())
        {
            throw new InvalidDataException($"The state is of bars of {length}, these are of {_interval}.");
        }

        _start = state.ReadInt64();
        _limit = state.ReadInt64();
        _inSession = state.ReadBoolean();
        OutOfSession = state.ReadInt64();
        _isOpen = state.ReadBoolean();
        _bar = _isOpen ? BarState.Load(ref state) : default;
    }

    private bool Counts(in SessionSpan session) => (session.Phase & phases) != 0;

    /// <summary>First moment of a bar that is in a session; its start where none is.</summary>
    private long CountsFrom(in Bar bar)
    {
        if (_inSession && bar.StartMicros >= _start && bar.StartMicros < _limit)
        {
            return bar.StartMicros;
        }

        var session = _calendar.SessionOf(bar.StartMicros);
        while (!Counts(session) && session.EndMicros < bar.EndMicros)
        {
            session = _calendar.SessionOf(session.EndMicros);
        }

        return Counts(session) ? Math.Max(session.StartMicros, bar.StartMicros) : bar.StartMicros;
    }

    /// <summary>Whether a bar goes on in an interval after the open one; what lies between sessions is none.</summary>
    private bool ReachesIntoAnother(in Bar bar)
    {
        if (bar.EndMicros <= _limit)
        {
            return false;
        }

        var session = _calendar.SessionOf(_limit);
        while (!Counts(session) && session.EndMicros < bar.EndMicros)
        {
            session = _calendar.SessionOf(session.EndMicros);
        }

        return Counts(session);
    }

    private bool Turn(long micros, out Bar closed)
    {
        closed = _isOpen ? _bar : default;
        var any = _isOpen;
        _isOpen = false;
        var session = _calendar.SessionOf(micros);
        _inSession = Counts(session);
        (_start, _limit) = _inSession ? _interval.Of(micros, session) : (session.StartMicros, session.EndMicros);
        return any;
    }

    private static Bar Merge(in Bar bar, in Bar later) =>
        bar with
        {
            Trade = bar.Trade.Then(later.Trade),
            Volume = bar.Volume + later.Volume,
            Bid = bar.Bid.Then(later.Bid),
            Ask = bar.Ask.Then(later.Ask),
            BidSize = later.Bid.IsKnown ? later.BidSize : bar.BidSize,
            AskSize = later.Ask.IsKnown ? later.AskSize : bar.AskSize,
            Ticks = bar.Ticks + later.Ticks,
        };
}
