using AITrader.Markets.Sessions;
using AITrader.Markets.State;

namespace AITrader.Markets.Bars;

/// <summary>Makes longer time bars of one symbol from shorter ones, in time order. For one thread; allocates nothing after construction.</summary>
/// <remarks>The result is what <see cref="TimeBarBuilder"/> makes of the same ticks. Bars outside of the sessions make none.</remarks>
/// <param name="period">Length of the longer bars; <see cref="TimeBarBuilder.WholeSession"/> for daily ones.</param>
/// <param name="calendar">Sessions; UTC days where null.</param>
/// <param name="phases">Which stretches of the calendar count, each a session of its own.</param>
public sealed class BarAggregator(TimeSpan period, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
{
    private readonly SessionCalendar _calendar = calendar ?? SessionCalendar.UtcDays;
    private readonly BarInterval _interval = new(period);
    private TimedBar _bar;
    private bool _isOpen;
    private bool _inSession;
    private long _start = long.MinValue;
    private long _limit = long.MinValue;

    /// <summary>Bars outside of the sessions, which were left out.</summary>
    public long OutOfSession { get; private set; }

    /// <summary>Takes the next shorter bar.</summary>
    /// <param name="shorter">It must lie in one of the longer intervals and not before the one before.</param>
    /// <param name="closed">The longer bar that is over.</param>
    /// <returns>Whether one is over: the shorter bar began after its end.</returns>
    /// <exception cref="ArgumentException">The bar goes back in time, or reaches over the end of a longer one.</exception>
    public bool Update(in TimedBar shorter, out TimedBar closed)
    {
        closed = default;
        var any = shorter.StartMicros >= _limit && Turn(shorter.StartMicros, out closed);
        if (!_inSession)
        {
            OutOfSession++;
            return any;
        }

        if (shorter.StartMicros < _start || shorter.EndMicros > _limit || (_isOpen && shorter.Kind != _bar.Kind))
        {
            throw new ArgumentException("The bar goes back in time, is of another kind, or reaches over the end of a longer bar.", nameof(shorter));
        }

        _bar = _isOpen ? Merge(_bar, shorter) : shorter with { StartMicros = _start, EndMicros = _limit, IsComplete = true };
        _isOpen = true;
        return any;
    }

    /// <summary>Tells that time has passed without bars: closes a bar whose interval or session is over.</summary>
    public bool AdvanceTo(long micros, out TimedBar closed)
    {
        closed = default;
        return _isOpen && micros >= _limit && Turn(micros, out closed);
    }

    /// <summary>Closes the open bar as it is; for the end of the data.</summary>
    public bool Flush(out TimedBar closed)
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

    private bool Turn(long micros, out TimedBar closed)
    {
        closed = _isOpen ? _bar : default;
        var any = _isOpen;
        _isOpen = false;
        var session = _calendar.SessionOf(micros);
        _inSession = (session.Phase & phases) != 0;
        (_start, _limit) = _inSession ? _interval.Of(micros, session) : (session.StartMicros, session.EndMicros);
        return any;
    }

    private static TimedBar Merge(in TimedBar bar, in TimedBar later) => bar with
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
