using System.Diagnostics;
using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Markets;
using AITrader.Markets.Patterns;
using AITrader.PatternEngine.Diagnostics;

namespace AITrader.PatternEngine.Engine;

/// <summary>Makes the message of a detection: everything in it follows from the ticks so far.</summary>
internal static class SignalFactory
{
    public static Signal Create(Tick tick, SymbolPatterns patterns, in Detection detection)
    {
        var pattern = PatternCatalogue.Names[detection.Pattern];
        return new Signal
        {
            Id = DeterministicId.Signal(tick.TickId, pattern),
            Symbol = tick.Symbol,
            Score = detection.Score,
            Timestamp = tick.Timestamp,
            Pattern = pattern,
            Direction = detection.Direction == PatternDirection.Bullish ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = tick.Price,
            TickId = tick.TickId,
            Seq = tick.Seq,
            Run = tick.Run,
            Features = Features(patterns, detection),
            Trace = Trace(tick, pattern),
        };
    }

    private static SignalFeatures Features(SymbolPatterns patterns, in Detection detection)
    {
        var state = patterns.State;
        var window = new double[Math.Min(patterns.Window, state.Trades)];
        state.CopyWindow(window);
        return new SignalFeatures
        {
            EmaFast = state.EmaFast,
            EmaSlow = state.EmaSlow,
            Vwap = state.Vwap,
            StdDev = state.StdDev,
            Rsi = state.Rsi,
            Atr = state.Atr,
            Bid = Known(state.Bid),
            Ask = Known(state.Ask),
            Trades = state.Trades,
            Window = window,
            Evidence = Evidence(detection),
            HorizonSeconds = detection.HorizonSeconds,
        };
    }

    private static Dictionary<string, double> Evidence(in Detection detection)
    {
        var names = PatternCatalogue.Evidence(detection.Pattern);
        var evidence = new Dictionary<string, double>(names.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            evidence[names[i]] = detection.Evidence(i);
        }

        return evidence;
    }

    private static decimal? Known(Price price) => price.Nanos > 0 ? price.ToDecimal() : null;

    // Where nobody samples, the tick's own parent is handed on, so that the trace holds together.
    private static string Trace(Tick tick, string pattern)
    {
        using var activity = ActivityContext.TryParse(tick.Trace, null, out var parent)
            ? PatternMetrics.Activities.StartActivity(pattern, ActivityKind.Consumer, parent)
            : null;
        activity?.SetTag("aitrader.symbol", tick.Symbol);
        return activity?.Id ?? tick.Trace;
    }
}
