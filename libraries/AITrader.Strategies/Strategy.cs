using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Data;
using AITrader.Strategies.Exits;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies;

/// <summary>A user's strategy: what it wants to see it asks for in <see cref="OnStart"/>, and acts when it is called. It knows
/// nothing of where it runs.</summary>
/// <remarks>
/// One thread calls it, one event at a time, in event order. Everything it may look at is of the past: time comes from <see cref="Now"/>,
/// never from a clock. Override what is needed; each handler does nothing by itself.
/// </remarks>
public abstract class Strategy
{
    private StrategyContext? _context;

    /// <summary>Event time: of the tick, bar end or timer that is being handled.</summary>
    protected DateTimeOffset Now => Context.Now;

    /// <summary>Subscriptions: ticks, bars, signals.</summary>
    protected DataSubscriptions Data => Context.Data;

    /// <summary>Places, changes and cancels orders.</summary>
    protected OrderFactory Orders => Context.Orders;

    /// <summary>Cash, positions and equity of this strategy's account.</summary>
    protected IPortfolio Portfolio => Context.Portfolio;

    /// <summary>How much to trade.</summary>
    protected PositionSizer Sizing => Context.Sizing;

    /// <summary>Stops, targets and other ends of a position: asked for in <see cref="OnStart"/>.</summary>
    protected ExitRules Exits => Context.Exits;

    /// <summary>Timers on event time.</summary>
    protected EventTimers Timers => Context.Timers;

    /// <summary>Writes a line into the run's log, with event time.</summary>
    protected void Log(string text) => Context.Log(text);

    private StrategyContext Context => _context ?? throw new InvalidOperationException($"{GetType().Name} was not started yet.");

    /// <summary>Called once, before any data: subscribe here.</summary>
    protected internal virtual void OnStart() { }

    /// <summary>A tick of a symbol whose ticks were asked for.</summary>
    protected internal virtual void OnTick(Tick tick) { }

    /// <summary>A bar is over, and every indicator of its feed is ready.</summary>
    protected internal virtual void OnBar(BarFeed feed, in Bar bar) { }

    /// <summary>A pattern was found on a symbol whose signals were asked for.</summary>
    protected internal virtual void OnSignal(Signal signal) { }

    /// <summary>One of this strategy's orders took a step: denied, accepted, filled, cancelled, ….</summary>
    protected internal virtual void OnOrder(OrderUpdate update) { }

    /// <summary>One of this strategy's orders was executed; the portfolio has it already. Comes after <see cref="OnOrder"/>.</summary>
    protected internal virtual void OnFill(Fill fill) { }

    /// <summary>A timer is due.</summary>
    protected internal virtual void OnTimer(string name) { }

    /// <summary>Called once, after the last event; what is placed here is not executed any more in a backtest.</summary>
    protected internal virtual void OnStop() { }

    internal void Attach(StrategyContext context) => _context = context;
}

/// <summary>A strategy with options of its own: public settable properties, set from settings, from a grid or from
/// <c>--param</c>.</summary>
/// <typeparam name="TOptions">Their type; its defaults are those of a new object. Ranges by
/// <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>.</typeparam>
public abstract class Strategy<TOptions> : Strategy, IHasOptions
    where TOptions : class, new()
{
    /// <summary>The options of this run.</summary>
    public TOptions Options { get; set; } = new();

    object IHasOptions.Options => Options;
}

/// <summary>Something that has options.</summary>
internal interface IHasOptions
{
    /// <summary>The object whose properties they are.</summary>
    object Options { get; }
}
