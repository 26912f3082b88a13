using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Everything that detectors know about one symbol, updated in one pass a tick. For one thread; allocates in the constructor
/// only.</summary>
/// <remarks>Trades move the indicators; quotes move bid and ask only. A session is a UTC day: at its first trade VWAP and moments start
/// over.</remarks>
public sealed class SymbolState
{
    private readonly PinnedRoom _room;
    private readonly FusedPeriods _periods;
    private readonly ChannelWindow _window;

    /// <summary>A state that has seen nothing.</summary>
    public SymbolState(IndicatorPeriods periods)
        : this(periods, new StateSlab(symbolsOfBlock: 1)) { }

    /// <summary>A state that has seen nothing, beside the others of a slab.</summary>
    public SymbolState(IndicatorPeriods periods, StateSlab slab)
    {
        _room = slab.TakeState();
        _periods = slab.Periods(periods);
        _window = new ChannelWindow(slab.TakeWindow(_periods), _periods);
        _window.Begin(ref Fused);
        Fused.Session = FusedState.NoSession;
    }

    /// <summary>Trades seen.</summary>
    public long Trades => Fused.Trades;

    /// <summary>Event time of the last tick.</summary>
    public long TimeMicros => Fused.TimeMicros;

    /// <summary>Last trade price.</summary>
    public double Last => Fused.Last;

    /// <summary>Best bid; 0 while not known.</summary>
    public Price Bid => Price.FromNanos(Fused.Bid);

    /// <summary>Best ask; 0 while not known.</summary>
    public Price Ask => Price.FromNanos(Fused.Ask);

    /// <summary>Fast exponential average.</summary>
    public double EmaFast => Fused.EmaFast;

    /// <summary>Slow exponential average.</summary>
    public double EmaSlow => Fused.EmaSlow;

    /// <summary>Whether both averages and the ATR have their periods.</summary>
    public bool IsReady => Fused.Trades >= _periods.ReadyAt;

    /// <summary>Wilder's RSI.</summary>
    public double Rsi => Indicators.Rsi.Of(Fused.Gain, Fused.Loss);

    /// <summary>Wilder's average of absolute changes from trade to trade.</summary>
    public double Atr => Fused.Atr;

    /// <summary>Volume-weighted average price of the session; the last price while nothing of known size was traded.</summary>
    public double Vwap => Fused.Volume > 0 ? Fused.Notional / Fused.Volume : Fused.Last;

    /// <summary>Volume of the session.</summary>
    public double Volume => Fused.Volume;

    /// <summary>Mean trade price of the session.</summary>
    public double Mean => Fused.Mean;

    /// <summary>Sample standard deviation of the session's trade prices.</summary>
    public double StdDev => Math.Sqrt(Variance);

    /// <summary>Sample variance of the session's trade prices; 0 below two trades.</summary>
    public double Variance => Fused.SessionTrades < 2 ? 0.0 : Fused.Squares / (Fused.SessionTrades - 1);

    /// <summary>Trades of the session.</summary>
    public long SessionTrades => (long)Fused.SessionTrades;

    /// <summary>Highest price of the lookback that ended before the last trade; 0 before the second trade.</summary>
    public double ChannelHigh => BlockExtremes.High(_window.Extremes(Fused));

    /// <summary>Lowest price of the lookback that ended before the last trade; 0 before the second trade.</summary>
    public double ChannelLow => 0.0 + BlockExtremes.Low(_window.Extremes(Fused));

    internal ref FusedState Fused => ref Unsafe.As<byte, FusedState>(ref _room.Start);

    /// <summary>Takes the next tick.</summary>
    public void Apply(in PackedTick tick)
    {
        ref var fused = ref Fused;
        fused.TimeMicros = tick.TimeMicros;
        if (tick.Bid.Nanos > 0)
        {
            fused.Bid = tick.Bid.Nanos;
        }

        if (tick.Ask.Nanos > 0)
        {
            fused.Ask = tick.Ask.Nanos;
        }

        if (tick.Kind == TickKind.Trade)
        {
            FusedUpdate.Trade(ref fused, _periods, _window, tick);
        }
    }

    /// <summary>Prefetches the state's memory, for a tick that is to come soon.</summary>
    public void Prefetch() => Indicators.Prefetch.Lines(ref _room.Start, 2);

    /// <summary>Prefetches the window's memory, for a tick that is to come next but a few; reads the state, so <see cref="Prefetch"/> goes
    /// before it.</summary>
    public void PrefetchWindow() => _window.Prefetch(Fused);

    /// <summary>Copies the last trade prices, oldest first, ending with the last; returns how many there were.</summary>
    public int CopyWindow(Span<double> target) => _window.CopyLast(Fused, target);

    internal void Save(StateWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Fused, 1)));
        _window.Save(Fused, writer);
    }

    internal void Load(ref StateReader reader)
    {
        reader.Read(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Fused, 1)));
        _window.Load(Fused, ref reader);
    }
}
