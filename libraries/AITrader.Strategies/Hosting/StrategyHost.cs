using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Data;
using AITrader.Strategies.Exits;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies.Hosting;

/// <summary>Runs one strategy on a stream of events, wherever they come from. For one thread.</summary>
/// <remarks>
/// Time first: before a tick is taken, every bar and timer that is over by then is handed on, in the order of their times, so that nothing
/// waits for a market that stands still, and nothing is decided with a tick that came later. Exits come before the strategy's handlers.
/// </remarks>
internal sealed class StrategyHost
{
    private readonly Strategy _strategy;
    private readonly DataSubscriptions _data;
    private readonly EventTimers _timers;
    private readonly ExitRules _exits;
    private readonly Dictionary<string, List<BarFeed>> _feeds = new(StringComparer.Ordinal);
    private long _seq;

    /// <param name="strategy">A strategy that was not started yet.</param>
    /// <param name="name">Its name, in ids and as the origin of its orders.</param>
    /// <param name="run">Run that its orders belong to.</param>
    /// <param name="symbols">Symbols of the run.</param>
    /// <param name="gateway">Where orders go.</param>
    /// <param name="portfolio">The account.</param>
    /// <param name="log">Where its log lines go.</param>
    /// <param name="scope">What its orders' numbers begin anew with: the run where null.</param>
    internal StrategyHost(
        Strategy strategy,
        string name,
        string run,
        IEnumerable<string> symbols,
        IOrderGateway gateway,
        IPortfolio portfolio,
        Action<DateTimeOffset, string> log,
        string? scope = null
    )
    {
        _strategy = strategy;
        _data = new DataSubscriptions(symbols, gateway.Terms);
        _timers = new EventTimers(() => Now);
        var orders = new OrderFactory(gateway, portfolio, () => (Now, _seq), symbol => _exits!.MayEnter(symbol), run, name, scope ?? run);
        _exits = new ExitRules(_data, orders, portfolio, () => Now, _timers.At, text => log(Now, text));
        var sizing = new PositionSizer(portfolio, _data.Symbols, gateway.Terms);
        strategy.Attach(new StrategyContext(_data, orders, portfolio, sizing, _exits, _timers, () => Now, log));
    }

    /// <summary>Event time.</summary>
    internal DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Whether the strategy's own code is running, or was when an exception left it.</summary>
    internal bool IsInHandler { get; private set; }

    /// <summary>Symbols whose signals are wanted.</summary>
    internal IReadOnlySet<string> SignalSymbols => _data.SignalSymbols;

    /// <summary>Starts the strategy.</summary>
    internal void Start(DateTimeOffset now)
    {
        Now = now;
        IsInHandler = true;
        _strategy.OnStart();
        IsInHandler = false;
        _exits.Start();
        foreach (var feed in _data.Feeds)
        {
            (_feeds.TryGetValue(feed.Symbol, out var known) ? known : _feeds[feed.Symbol] = []).Add(feed);
        }
    }

    /// <summary>Lets event time pass up to a moment, included: hands on the bars and timers that are over.</summary>
    internal void AdvanceTo(DateTimeOffset now)
    {
        while (_timers.Next is { } due && due <= now)
        {
            CloseBars(due);
            if (_timers.TryTake(due, out var at, out var name, out var exit))
            {
                Now = at > Now ? at : Now;
                OnTimer(name, exit);
            }
        }

        CloseBars(now);
        Now = now > Now ? now : Now;
        _exits.Before(Now);
    }

    /// <summary>Hands on a tick, after <see cref="AdvanceTo"/> of its time.</summary>
    internal void OnTick(in PackedTick packed, Tick tick)
    {
        _seq = tick.Seq;
        _exits.OnTick(tick.Symbol);
        if (_feeds.TryGetValue(tick.Symbol, out var feeds))
        {
            foreach (var feed in feeds)
            {
                if (feed.Update(packed, out var closed))
                {
                    OnBar(feed, closed);
                }
            }
        }

        if (_data.WantsTicks(tick.Symbol))
        {
            IsInHandler = true;
            _strategy.OnTick(tick);
            IsInHandler = false;
        }
    }

    /// <summary>Hands on a pattern that was found at the tick that was handed on last.</summary>
    internal void OnSignal(Signal signal)
    {
        IsInHandler = true;
        _strategy.OnSignal(signal);
        IsInHandler = false;
    }

    /// <summary>Hands on a step of one of its orders.</summary>
    internal void OnOrder(OrderUpdate update, Fill? fill)
    {
        Now = update.Timestamp > Now ? update.Timestamp : Now;
        _exits.OnOrder(update, fill);
        IsInHandler = true;
        _strategy.OnOrder(update);
        if (fill is not null)
        {
            _strategy.OnFill(fill);
        }

        IsInHandler = false;
    }

    /// <summary>Ends the strategy. The last bars were not over: they are not handed on.</summary>
    internal void Stop()
    {
        IsInHandler = true;
        _strategy.OnStop();
        IsInHandler = false;
    }

    // In the order of their ends, then of the subscriptions: bars of several lengths may end in one step of time.
    private void CloseBars(DateTimeOffset now)
    {
        var micros = EventTime.ToMicros(now);
        List<(long End, int Number, BarFeed Feed, Bar Bar)>? closed = null;
        for (var i = 0; i < _data.Feeds.Count; i++)
        {
            if (_data.Feeds[i].AdvanceTo(micros, out var bar))
            {
                (closed ??= []).Add((bar.EndMicros, i, _data.Feeds[i], bar));
            }
        }

        if (closed is null)
        {
            return;
        }

        closed.Sort(static (left, right) => (left.End, left.Number).CompareTo((right.End, right.Number)));
        foreach (var (end, _, feed, bar) in closed)
        {
            var at = EventTime.FromMicros(end);
            Now = at > Now ? at : Now;
            OnBar(feed, bar);
        }
    }

    private void OnTimer(string name, Action? exit)
    {
        if (exit is not null)
        {
            exit();
            return;
        }

        IsInHandler = true;
        _strategy.OnTimer(name);
        IsInHandler = false;
    }

    private void OnBar(BarFeed feed, in Bar bar)
    {
        _exits.OnBar(feed);
        if (feed.IsReady)
        {
            IsInHandler = true;
            _strategy.OnBar(feed, bar);
            IsInHandler = false;
        }
    }
}
