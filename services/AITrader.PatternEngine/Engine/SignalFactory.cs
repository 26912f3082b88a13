using AITrader.Domain.Ids;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;

namespace AITrader.PatternEngine.Engine;

/// <summary>Makes the message of a detection: everything in it follows from the ticks so far.</summary>
internal static class SignalFactory
{
    public static Signal Create(Tick tick, in EngineSignal found, ReadOnlySpan<double> window)
    {
        var detection = found.Detection;
        var pattern = PatternCatalogue.BuiltIn.Names[detection.Pattern];
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
            Features = Features(found, window),
            Trace = tick.Trace,
        };
    }

    private static SignalFeatures Features(in EngineSignal found, ReadOnlySpan<double> window) =>
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
            Evidence = Evidence(found.Detection),
            HorizonSeconds = found.Detection.HorizonSeconds,
        };

    private static Dictionary<string, double> Evidence(in Detection detection)
    {
        var names = PatternCatalogue.BuiltIn.Evidence(detection.Pattern);
        var evidence = new Dictionary<string, double>(names.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            evidence[names[i]] = detection.Evidence(i);
        }

        return evidence;
    }

    private static decimal? Known(Price price) => price.Nanos > 0 ? price.ToDecimal() : null;
}
