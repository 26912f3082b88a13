using AITrader.Domain.Ids;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Engine;

/// <summary>Makes the message of a detection: everything in it follows from the ticks so far.</summary>
public static class SignalFactory
{
    /// <summary>The signal of a detection of an engine.</summary>
    /// <param name="tick">The tick that it was found at.</param>
    /// <param name="found">The detection, with the indicators after the tick.</param>
    /// <param name="window">Last trade prices, oldest first.</param>
    /// <param name="catalogue">The patterns that the detection refers to.</param>
    public static Signal Create(Tick tick, in EngineSignal found, ReadOnlySpan<double> window, PatternCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(tick);
        ArgumentNullException.ThrowIfNull(catalogue);
        var detection = found.Detection;
        var pattern = catalogue.Names[detection.Pattern];
        return new Signal
        {
            Id = DeterministicId.Signal(tick.TickId, pattern),
            Symbol = tick.Symbol,
            Score = detection.Score,
            Timestamp = tick.Timestamp,
            Pattern = pattern,
            Direction = detection.Direction,
            Price = tick.Price,
            TickId = tick.TickId,
            Seq = tick.Seq,
            Run = tick.Run,
            Features = Features(found, window, catalogue),
            Trace = tick.Trace,
        };
    }

    /// <summary>The signal of a detection of one symbol, right after its tick was applied.</summary>
    public static Signal Create(Tick tick, in PackedTick packed, SymbolPatterns symbol, in Detection detection)
    {
        ArgumentNullException.ThrowIfNull(tick);
        ArgumentNullException.ThrowIfNull(symbol);
        Span<double> window = new double[symbol.Window];
        var length = symbol.State.CopyWindow(window);
        var found = new EngineSignal(
            new PostedTick(packed, 0, tick.Seq, 0),
            symbol.State,
            detection,
            new SignalWindow(0, length, 0, IsLastOfTick: true)
        );
        return Create(tick, found, window[..length], symbol.Catalogue);
    }

    private static SignalFeatures Features(in EngineSignal found, ReadOnlySpan<double> window, PatternCatalogue catalogue) =>
        new()
        {
            EmaFast = found.EmaFast,
            EmaSlow = found.EmaSlow,
            Vwap = found.Vwap,
            StdDev = found.StdDev,
            Rsi = found.Rsi,
            Atr = found.Atr,
            Bid = Known(found.Bid),
            Ask = Known(found.Ask),
            Trades = found.Trades,
            Window = window.ToArray(),
            Evidence = Evidence(found.Detection, catalogue),
            HorizonSeconds = found.Detection.HorizonSeconds,
        };

    private static Dictionary<string, double> Evidence(in Detection detection, PatternCatalogue catalogue)
    {
        var names = catalogue.Evidence(detection.Pattern);
        var evidence = new Dictionary<string, double>(names.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            evidence[names[i]] = detection.Evidence(i);
        }

        return evidence;
    }

    private static decimal? Known(Price price) => price.Nanos > 0 ? price.ToDecimal() : null;
}
