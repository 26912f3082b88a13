using AITrader.Markets.Patterns;
using AITrader.Markets.State;

namespace AITrader.Markets.Indicators;

/// <summary>Everything that detectors know about one symbol, updated in one pass a tick. For one thread; allocates in the constructor only.</summary>
/// <remarks>Trades move the indicators; quotes move bid and ask only. A session is a UTC day: at its first trade VWAP and moments start over.</remarks>
public sealed class SymbolState
{
    private readonly PriceWindow _window;
    private Ema _fast;
    private Ema _slow;
    private Rsi _rsi;
    private WilderAverage _atr;
    private SessionVwap _vwap;
    private Moments _moments;
    private long _session = long.MinValue;

    /// <summary>A state that has seen nothing.</summary>
    public SymbolState(PatternParameters parameters)
    {
        _fast = new Ema(parameters.EmaFast);
        _slow = new Ema(parameters.EmaSlow);
        _rsi = new Rsi(parameters.RsiPeriod);
        _atr = new WilderAverage(parameters.AtrPeriod);
        _window = new PriceWindow(parameters.Window, parameters.BreakoutLookback);
    }

    /// <summary>Trades seen.</summary>
    public long Trades => _window.Count;

    /// <summary>Event time of the last tick.</summary>
    public long TimeMicros { get; private set; }

    /// <summary>Last trade price.</summary>
    public double Last { get; private set; }

    /// <summary>Best bid; 0 while not known.</summary>
    public Price Bid { get; private set; }

    /// <summary>Best ask; 0 while not known.</summary>
    public Price Ask { get; private set; }

    /// <summary>Fast exponential average.</summary>
    public double EmaFast => _fast.Value;

    /// <summary>Slow exponential average.</summary>
    public double EmaSlow => _slow.Value;

    /// <summary>Whether both averages and the ATR have their periods.</summary>
    public bool IsReady => _slow.IsReady && _fast.IsReady && _atr.IsReady;

    /// <summary>Wilder's RSI.</summary>
    public double Rsi => _rsi.Value;

    /// <summary>Wilder's average of absolute changes from trade to trade.</summary>
    public double Atr => _atr.Value;

    /// <summary>Volume-weighted average price of the session.</summary>
    public double Vwap => _vwap.Value;

    /// <summary>Volume of the session.</summary>
    public double Volume => _vwap.Volume;

    /// <summary>Mean trade price of the session.</summary>
    public double Mean => _moments.Mean;

    /// <summary>Sample standard deviation of the session's trade prices.</summary>
    public double StdDev => _moments.StdDev;

    /// <summary>Sample variance of the session's trade prices.</summary>
    public double Variance => _moments.Variance;

    /// <summary>Trades of the session.</summary>
    public long SessionTrades => _moments.Count;

    /// <summary>Highest price of the lookback that ended before the last trade.</summary>
    public double ChannelHigh { get; private set; }

    /// <summary>Lowest price of the lookback that ended before the last trade.</summary>
    public double ChannelLow { get; private set; }

    /// <summary>Takes the next tick.</summary>
    public void Apply(in MarketTick tick)
    {
        TimeMicros = tick.TimeMicros;
        if (tick.Bid.Nanos > 0)
        {
            Bid = tick.Bid;
        }

        if (tick.Ask.Nanos > 0)
        {
            Ask = tick.Ask;
        }

        if (tick.Kind == MarketTickKind.Trade)
        {
            Trade(tick.TimeMicros, tick.Price.ToDouble(), tick.Size.ToDouble());
        }
    }

    /// <summary>Copies the last trade prices, oldest first, ending with the last; returns how many there were.</summary>
    public int CopyWindow(Span<double> target) => _window.CopyLast(target);

    internal void Save(StateWriter writer)
    {
        writer.Write(TimeMicros);
        writer.Write(Last);
        writer.Write(Bid.Nanos);
        writer.Write(Ask.Nanos);
        writer.Write(ChannelHigh);
        writer.Write(ChannelLow);
        writer.Write(_session);
        _fast.Save(writer);
        _slow.Save(writer);
        _rsi.Save(writer);
        _atr.Save(writer);
        _vwap.Save(writer);
        _moments.Save(writer);
        _window.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        TimeMicros = reader.ReadInt64();
        Last = reader.ReadDouble();
        Bid = Price.FromNanos(reader.ReadInt64());
        Ask = Price.FromNanos(reader.ReadInt64());
        ChannelHigh = reader.ReadDouble();
        ChannelLow = reader.ReadDouble();
        _session = reader.ReadInt64();
        _fast.Load(ref reader);
        _slow.Load(ref reader);
        _rsi.Load(ref reader);
        _atr.Load(ref reader);
        _vwap.Load(ref reader);
        _moments.Load(ref reader);
        _window.Load(ref reader);
    }

    private void Trade(long micros, double price, double size)
    {
        var session = EventTime.Session(micros);
        if (session != _session)
        {
            _session = session;
            _vwap = default;
            _moments = default;
        }

        if (_window.Count > 0)
        {
            var change = price - Last;
            _rsi.Update(change);
            _atr.Update(Math.Abs(change));
        }

        ChannelHigh = _window.High;
        ChannelLow = _window.Low;
        _window.Push(price);
        _fast.Update(price);
        _slow.Update(price);
        _vwap.Update(price, size);
        _moments.Update(price);
        Last = price;
    }
}
