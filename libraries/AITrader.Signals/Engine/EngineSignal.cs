using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Engine;

/// <summary>A detection with the indicators as they were after its tick; holds no references, so that a hot thread can hand it on without
/// allocating.</summary>
public readonly struct EngineSignal
{
    internal EngineSignal(in PostedTick posted, SymbolState state, in Detection detection, in SignalWindow window)
    {
        Sequence = posted.Sequence;
        Symbol = posted.Tick.Symbol;
        PostedAt = posted.Stamp;
        Detection = detection;
        Window = window;
        EmaFast = state.EmaFast;
        EmaSlow = state.EmaSlow;
        Vwap = state.Vwap;
        StdDev = state.StdDev;
        Rsi = state.Rsi;
        Atr = state.Atr;
        Bid = state.Bid;
        Ask = state.Ask;
        Trades = state.Trades;
    }

    /// <summary>Number of the tick, as <see cref="ShardedEngine.TryPost"/> gave it.</summary>
    public long Sequence { get; }

    /// <summary>The tick's symbol, an index of <see cref="ShardedEngine.Symbols"/>.</summary>
    public int Symbol { get; }

    /// <summary>Stopwatch ticks as the tick was posted.</summary>
    public long PostedAt { get; }

    /// <summary>What was found.</summary>
    public Detection Detection { get; }

    /// <summary>Fast exponential average.</summary>
    public double EmaFast { get; }

    /// <summary>Slow exponential average.</summary>
    public double EmaSlow { get; }

    /// <summary>Volume-weighted average price of the session.</summary>
    public double Vwap { get; }

    /// <summary>Sample standard deviation of the session's trade prices.</summary>
    public double StdDev { get; }

    /// <summary>Wilder's RSI.</summary>
    public double Rsi { get; }

    /// <summary>Wilder's average of absolute changes.</summary>
    public double Atr { get; }

    /// <summary>Best bid; 0 while not known.</summary>
    public Price Bid { get; }

    /// <summary>Best ask; 0 while not known.</summary>
    public Price Ask { get; }

    /// <summary>Trades of the symbol.</summary>
    public long Trades { get; }

    internal SignalWindow Window { get; }
}

/// <summary>Where the last prices and bars of a signal are.</summary>
/// <param name="Slot">In the pool of windows.</param>
/// <param name="Prices">Number of prices.</param>
/// <param name="Bars">Numbers of bars.</param>
/// <param name="IsLastOfTick">Whether no other signal of the tick has the same.</param>
internal readonly record struct SignalWindow(int Slot, int Prices, int Bars, bool IsLastOfTick);

/// <summary>A tick on its way to a shard.</summary>
/// <param name="Tick">The tick, with the engine's symbol index.</param>
/// <param name="Slot">The symbol's index in its shard.</param>
/// <param name="Sequence">Number of the tick.</param>
/// <param name="Stamp">Stopwatch ticks as it was posted.</param>
internal readonly record struct PostedTick(PackedTick Tick, int Slot, long Sequence, long Stamp);
