using AITrader.Domain.Bars;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;

namespace AITrader.Strategies.Data;

/// <summary>Time bars of one symbol, the last of them, and the indicators on them.</summary>
/// <remarks>A bar is handed on when its end has come, not when the next trade has: nothing waits for a market that stands still.</remarks>
public sealed class BarFeed
{
    private readonly TimeBarBuilder _builder;
    private readonly List<(Action<BarInput> Update, Func<bool> IsReady)> _indicators = [];
    private readonly BarInput[] _history;

    internal BarFeed(string symbol, TimeSpan period, BarKind kind, int history, SessionCalendar? calendar)
    {
        Symbol = symbol;
        Period = period;
        _builder = new TimeBarBuilder(kind, period, calendar);
        _history = new BarInput[history];
    }

    /// <summary>Symbol.</summary>
    public string Symbol { get; }

    /// <summary>Length of a bar.</summary>
    public TimeSpan Period { get; }

    /// <summary>Bars so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether every indicator has had enough bars.</summary>
    public bool IsReady => _indicators.TrueForAll(static indicator => indicator.IsReady());

    /// <summary>The bar of so many bars ago, 0 being the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many, or more than were asked for as history.</exception>
    public BarInput this[int ago]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ago);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ago, Math.Min(Count, _history.Length));
            return _history[(int)((Count - 1 - ago) % _history.Length)];
        }
    }

    /// <summary>Has an indicator updated with each bar before the strategy sees the bar.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="update">Gives it a bar.</param>
    /// <param name="isReady">Whether it has had enough.</param>
    /// <returns>The indicator.</returns>
    public T Attach<T>(T indicator, Action<T, BarInput> update, Func<T, bool> isReady)
        where T : class
    {
        _indicators.Add((bar => update(indicator, bar), () => isReady(indicator)));
        return indicator;
    }

    /// <summary>Simple average of closes.</summary>
    public Line Sma(int period) =>
        Attach(new Sma(period), static (sma, bar) => sma.Update(bar.Close), static sma => sma.IsReady, static sma => sma.Value);

    /// <summary>Exponential average of closes.</summary>
    public Line Ema(int period)
    {
        var ema = new Ema(period);
        return Add(new Line(bar => ema.Update(bar.Close), () => ema.IsReady, () => ema.Value));
    }

    /// <summary>Wilder's RSI of closes, in [0, 100].</summary>
    public Line Rsi(int period = 14)
    {
        var rsi = new Rsi(period);
        var before = double.NaN;
        return Add(
            new Line(
                bar =>
                {
                    if (!double.IsNaN(before))
                    {
                        rsi.Update(bar.Close - before);
                    }

                    before = bar.Close;
                },
                () => rsi.IsReady,
                () => rsi.Value
            )
        );
    }

    /// <summary>Wilder's average true range.</summary>
    public Line Atr(int period = 14) =>
        Attach(new Atr(period), static (atr, bar) => atr.Update(bar), static atr => atr.IsReady, static atr => atr.Value);

    /// <summary>Volume-weighted average price of the session: of each UTC day.</summary>
    public Line SessionVwap()
    {
        var vwap = default(SessionVwap);
        var session = long.MinValue;
        return Add(
            new Line(
                bar =>
                {
                    vwap = session == EventTime.Session(bar.TimeMicros) ? vwap : default;
                    session = EventTime.Session(bar.TimeMicros);
                    vwap.Update(bar.Typical, bar.Volume);
                },
                () => true,
                () => vwap.Value
            )
        );
    }

    /// <summary>Population standard deviation of the last closes.</summary>
    public Line Deviation(int period) =>
        Attach(
            new RollingMoments(period),
            static (moments, bar) => moments.Update(bar.Close),
            static moments => moments.IsReady,
            static moments => moments.StdDev
        );

    /// <summary>Highest high of the last bars, this one included.</summary>
    public Line Highest(int period) =>
        Attach(
            new DonchianChannel(period),
            static (channel, bar) => channel.Update(bar),
            static channel => channel.IsReady,
            static channel => channel.Upper
        );

    /// <summary>Lowest low of the last bars, this one included.</summary>
    public Line Lowest(int period) =>
        Attach(
            new DonchianChannel(period),
            static (channel, bar) => channel.Update(bar),
            static channel => channel.IsReady,
            static channel => channel.Lower
        );

    /// <summary>Mean and standard deviation of the last closes.</summary>
    public RollingMoments Moments(int period) =>
        Attach(new RollingMoments(period), static (moments, bar) => moments.Update(bar.Close), static moments => moments.IsReady);

    /// <summary>MACD of closes.</summary>
    public Macd Macd(int fast = 12, int slow = 26, int signal = 9) =>
        Attach(new Macd(fast, slow, signal), static (macd, bar) => macd.Update(bar.Close), static macd => macd.IsReady);

    /// <summary>Bollinger bands of closes.</summary>
    public BollingerBands BollingerBands(int period = 20, double width = 2.0) =>
        Attach(new BollingerBands(period, width), static (bands, bar) => bands.Update(bar.Close), static bands => bands.IsReady);

    /// <summary>The channel of highs and lows.</summary>
    public DonchianChannel DonchianChannel(int period = 20) =>
        Attach(new DonchianChannel(period), static (channel, bar) => channel.Update(bar), static channel => channel.IsReady);

    internal bool Update(in PackedTick tick, out Bar closed) => _builder.Update(tick, out closed) && Push(closed);

    internal bool AdvanceTo(long micros, out Bar closed) => _builder.AdvanceTo(micros, out closed) && Push(closed);

    internal bool Flush(out Bar closed) => _builder.Flush(out closed) && Push(closed);

    private bool Push(in Bar bar)
    {
        var input = BarInput.Of(bar);
        _history[(int)(Count % _history.Length)] = input;
        Count++;
        foreach (var (update, _) in _indicators)
        {
            update(input);
        }

        return true;
    }

    private Line Attach<T>(T indicator, Action<T, BarInput> update, Func<T, bool> isReady, Func<T, double> value) =>
        Add(new Line(bar => update(indicator, bar), () => isReady(indicator), () => value(indicator)));

    private Line Add(Line line)
    {
        _indicators.Add((line.Update, () => line.IsReady));
        return line;
    }
}
