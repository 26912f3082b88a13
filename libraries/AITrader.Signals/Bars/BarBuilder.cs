using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;

namespace AITrader.Signals.Bars;

/// <summary>Makes the bars of one symbol from its ticks, in time order. For one thread; allocates nothing after construction.</summary>
/// <remarks>
/// Trade bars take every trade, quote bars every tick that carries a bid and an ask. No bar spans a session's end, there are no empty bars,
/// and ticks outside of
/// the sessions make none. Rules: docs/market-data.md, section "Bars".
/// </remarks>
public abstract partial class BarBuilder
{
    private readonly SessionCalendar _calendar;
    private readonly SessionPhases _phases;
    private readonly bool _closesAtOnce;

    private RunningOhlc _first; // trade prices, or mids
    private RunningOhlc _bid;
    private RunningOhlc _ask;
    private long _bidSize;
    private long _askSize;
    private long _start;
    private long _last;
    private Int128 _volume;
    private Int128 _notional;
    private long _ticks; // 0: no bar is open
    private int _symbol;
    private long _limit = long.MinValue; // from here on the open bar is over, or the session is unknown
    private bool _inSession;
    private Bar _pending;
    private bool _hasPending;

    private protected BarBuilder(BarKind kind, SessionCalendar? calendar, SessionPhases phases, bool closesAtOnce)
    {
        Kind = kind;
        _calendar = calendar ?? SessionCalendar.UtcDays;
        _phases = phases;
        _closesAtOnce = closesAtOnce;
    }

    /// <summary>Whether it makes trade or quote bars.</summary>
    public BarKind Kind { get; }

    /// <summary>Ticks that came later than newer ones of a bar that is closed, and were left out.</summary>
    public long Late { get; private set; }

    /// <summary>Ticks outside of the sessions, which were left out.</summary>
    public long OutOfSession { get; private set; }

    /// <summary>Whether a bar has begun.</summary>
    public bool IsOpen => _ticks > 0;

    /// <summary>Ticks of the open bar.</summary>
    private protected long Ticks => _ticks;

    /// <summary>Traded quantity of the open bar, in 1e-8.</summary>
    private protected Int128 Volume => _volume;

    /// <summary>Sum of price times quantity of the open bar, in 1e-17.</summary>
    private protected Int128 Notional => _notional;

    /// <summary>Highest minus lowest trade price or mid of the open bar, in 1e-9.</summary>
    private protected long Range => _first.Range;

    /// <summary>Takes a tick.</summary>
    /// <param name="tick">The next one of the symbol.</param>
    /// <param name="closed">The bar that it closed.</param>
    /// <returns>Whether it closed one. It may have closed a second one, see <see cref="TryNext"/>; a time bar builder never does.</returns>
    public bool Update(in PackedTick tick, out Bar closed)
    {
        closed = default;
        if (!Takes(tick))
        {
            return false;
        }

        var any = false;
        if (tick.TimeMicros >= _limit)
        {
            any = Turn(tick.TimeMicros, out closed);
        }

        if (!_inSession)
        {
            OutOfSession++;
            return any;
        }

        if (tick.TimeMicros < _start)
        {
            Late++;
            return any;
        }

        Add(tick);
        return _closesAtOnce && IsFull() ? CloseFull(any, ref closed) : any;
    }

    /// <summary>The second bar that the last tick closed: it began a session, which closed an old bar, and completed a new one
    /// alone.</summary>
    public bool TryNext(out Bar closed)
    {
        closed = _hasPending ? _pending : default;
        var any = _hasPending;
        _hasPending = false;
        return any;
    }

    /// <summary>Tells that time has passed without ticks: closes a bar whose interval or session is over.</summary>
    public bool AdvanceTo(long micros, out Bar closed)
    {
        closed = default;
        return _ticks > 0 && micros >= _limit && Turn(micros, out closed);
    }

    /// <summary>Closes the open bar as it is; for the end of the data.</summary>
    public bool Flush(out Bar closed)
    {
        closed = _ticks > 0 ? Take(isComplete: false) : default;
        return closed.Ticks > 0;
    }

    /// <summary>Rule and settings as text; a state is only good for the same.</summary>
    private protected abstract string Identity { get; }

    /// <summary>Whether the open bar meets its rule; asked after each tick of builders that close at once.</summary>
    private protected abstract bool IsFull();

    /// <summary>Where the bar that begins at a moment of a session starts, and the moment from which on it is over at the latest.</summary>
    private protected abstract (long Start, long Limit) Interval(long micros, in SessionSpan session);

    /// <summary>End of a bar as it is reported.</summary>
    private protected abstract long EndOf(long limit, long lastTick);

    private bool Takes(in PackedTick tick) =>
        Kind == BarKind.Trade ? tick.Kind == TickKind.Trade : tick.Bid.Nanos != 0 && tick.Ask.Nanos != 0;

    /// <summary>Closes the bar that is over and finds the session and interval of a moment.</summary>
    private bool Turn(long micros, out Bar closed)
    {
        closed = _ticks > 0 ? Take(isComplete: !_closesAtOnce) : default;
        var session = _calendar.SessionOf(micros);
        _inSession = (session.Phase & _phases) != 0;
        (_start, _limit) = _inSession ? Interval(micros, session) : (session.StartMicros, session.EndMicros);
        return closed.Ticks > 0;
    }

    private void Add(in PackedTick tick)
    {
        var price = Kind == BarKind.Trade ? tick.Price.Nanos : Price.Mid(tick.Bid, tick.Ask).Nanos;
        if (_ticks == 0)
        {
            _first.Start(price);
            _bid.Start(tick.Bid.Nanos);
            _ask.Start(tick.Ask.Nanos);
            _symbol = tick.Symbol;
            _start = _closesAtOnce ? tick.TimeMicros : _start;
        }
        else
        {
            _first.Add(price);
            _bid.Add(tick.Bid.Nanos);
            _ask.Add(tick.Ask.Nanos);
        }

        _ticks++;
        _last = tick.TimeMicros;
        _bidSize = tick.BidSize.Raw;
        _askSize = tick.AskSize.Raw;
        if (Kind == BarKind.Trade)
        {
            _volume += tick.Size.Raw;
            if (_closesAtOnce)
            {
                _notional += Math.BigMul(price, tick.Size.Raw);
            }
        }
    }

    private bool CloseFull(bool any, ref Bar closed)
    {
        var full = Take(isComplete: true);
        if (any)
        {
            _pending = full;
            _hasPending = true;
        }
        else
        {
            closed = full;
        }

        return true;
    }

    private Bar Take(bool isComplete)
    {
        var isTrade = Kind == BarKind.Trade;
        var bar = new Bar
        {
            Kind = Kind,
            Symbol = _symbol,
            StartMicros = _start,
            EndMicros = EndOf(_limit, _last),
            Trade = isTrade ? _first.Value : default,
            Volume = Domain.Prices.Volume.FromRaw(_volume),
            Bid = isTrade ? default : _bid.Value,
            Ask = isTrade ? default : _ask.Value,
            BidSize = Quantity.FromRaw(isTrade ? 0 : _bidSize),
            AskSize = Quantity.FromRaw(isTrade ? 0 : _askSize),
            Ticks = _ticks,
            IsComplete = isComplete,
        };
        _start = _closesAtOnce ? _last : _start;
        _ticks = 0;
        _volume = 0;
        _notional = 0;
        return bar;
    }
}
