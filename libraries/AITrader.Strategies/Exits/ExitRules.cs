using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Data;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies.Exits;

/// <summary>Exits that a strategy asks for in <c>OnStart</c>, one line each. They are seen to before the strategy's own handlers, and work
/// together: whichever comes first closes the position, and cancels what is left of the others.</summary>
/// <remarks>An order of an exit is called after it in its updates: stop, target, trailing stop, time, square-off, daily loss.</remarks>
public sealed class ExitRules
{
    private const string Late = "late entry";

    private readonly DataSubscriptions _data;
    private readonly IPortfolio _portfolio;
    private readonly OrderFactory _orders;
    private readonly Func<DateTimeOffset> _now;
    private readonly Action<DateTimeOffset, Action> _schedule;
    private readonly Action<string> _log;
    private readonly Holdings _holdings = new();
    private readonly Closings _closings;
    private readonly ProtectiveOrders _protective;
    private readonly TimeExits _times;
    private readonly List<SessionEnd> _sessions = [];
    private readonly List<DailyLossStop> _losses = [];

    internal ExitRules(
        DataSubscriptions data,
        OrderFactory orders,
        IPortfolio portfolio,
        Func<DateTimeOffset> now,
        Action<DateTimeOffset, Action> schedule,
        Action<string> log
    )
    {
        (_data, _orders, _portfolio, _now, _schedule, _log) = (data, orders, portfolio, now, schedule, log);
        _closings = new Closings(orders, portfolio, now);
        _protective = new ProtectiveOrders(orders, portfolio, _closings);
        _times = new TimeExits(_holdings, _closings, schedule);
    }

    /// <summary>Closes a position when so many bars have ended since its first execution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public void AfterBars(BarFeed feed, int bars)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        _times.AfterBars(feed, bars);
    }

    /// <summary>Closes a position so much event time after its first execution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public void After(string symbol, TimeSpan held)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(held, TimeSpan.Zero);
        _times.After(symbol, held);
    }

    /// <summary>Stops the loss of each entry at a distance from the price that it was executed at.</summary>
    /// <remarks>Each execution of an entry gets an order of its own. One that is refused, because the exchange takes no order as small as
    /// what was executed for example, would leave the position open: it is closed at the market.</remarks>
    /// <exception cref="InvalidOperationException">The symbol has one already.</exception>
    public void Stop(string symbol, Distance distance) => _protective.Ask(symbol, ProtectiveKind.Stop, distance);

    /// <summary>Takes the profit of each entry at a distance from the price that it was executed at.</summary>
    /// <inheritdoc cref="Stop"/>
    public void Target(string symbol, Distance distance) => _protective.Ask(symbol, ProtectiveKind.Target, distance);

    /// <summary>Stops each entry at a distance from the best trade since it was executed.</summary>
    /// <inheritdoc cref="Stop"/>
    public void Trail(string symbol, Distance distance) => _protective.Ask(symbol, ProtectiveKind.Trail, distance);

    /// <summary>Closes everything minutes before each session ends, and keeps from entering until the next one is open: the square-off of
    /// intraday positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The minutes are negative.</exception>
    public void BeforeClose(SessionCalendar calendar, decimal minutes)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        var session = new SessionEnd(calendar, minutes, _schedule, CloseAll);
        _sessions.Add(session);
        session.Await(_now());
    }

    /// <summary>Closes everything once a day has lost an amount, what is open counted, and keeps from entering for the rest of the
    /// day.</summary>
    /// <param name="amount">Amount in the account's currency: <c>0.02m * Portfolio.Equity</c> is 2 % of what there is at the start.</param>
    /// <param name="calendar">Whose trading days are days; UTC days where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not positive.</exception>
    public void DailyLoss(decimal amount, SessionCalendar? calendar = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        _losses.Add(new DailyLossStop(amount, calendar, _portfolio, CloseAll, _log));
    }

    /// <summary>Whether an order that adds to a position is taken now: not after a daily loss, not in the last minutes of a session nor
    /// while it is closed, and not while the distance of an exit is not known yet.</summary>
    public bool MayEnter(string symbol) => !IsOver && _protective.AreKnown(symbol);

    private bool IsOver => _losses.Exists(static loss => !loss.MayEnter) || _sessions.Exists(session => !session.MayEnter(_now()));

    internal void Start()
    {
        foreach (var symbol in _holdings.Start(_data.Symbols, _portfolio))
        {
            _times.Opened(symbol, _now());
        }

        Before(_now());
    }

    internal void Before(DateTimeOffset now)
    {
        foreach (var loss in _losses)
        {
            loss.Before(now);
        }
    }

    internal void OnTick(string symbol)
    {
        foreach (var loss in _losses)
        {
            loss.After();
        }

        if (!_closings.IsEmpty)
        {
            _closings.OnTick(symbol);
        }
    }

    internal void OnBar(BarFeed feed) => _times.OnBar(feed);

    internal void OnOrder(OrderUpdate update, Fill? fill)
    {
        _protective.OnOrder(update);
        if (fill is not null)
        {
            Take(fill);
        }
    }

    private void Take(Fill fill)
    {
        var (added, isNew) = _holdings.Take(fill);
        if (isNew || _holdings.Find(fill.Symbol) is null)
        {
            _closings.End(fill.Symbol);
        }

        if (isNew)
        {
            _times.Opened(fill.Symbol, fill.Timestamp);
        }

        if (added > 0m)
        {
            _protective.OnEntry(fill, added);
        }

        // A broker may report an execution after the cancel of its order.
        if (added > 0m && IsOver)
        {
            _closings.Close(fill.Symbol, Late);
        }
    }

    private void CloseAll(string tag)
    {
        _orders.CancelAll();
        foreach (var symbol in _data.Symbols)
        {
            _closings.Close(symbol, tag);
        }
    }
}
