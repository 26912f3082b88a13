using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>One detection, as plain values.</summary>
internal sealed record Sighting(int Tick, string Pattern, SignalDirection Direction, double Score, double HorizonSeconds, string Evidence)
{
    internal static Sighting Of(PatternCatalogue catalogue, int tick, in Detection detection)
    {
        var found = detection;
        return new Sighting(
            tick,
            catalogue.Names[detection.Pattern],
            detection.Direction,
            detection.Score,
            detection.HorizonSeconds,
            NaiveSignals.Show([.. catalogue.Evidence(detection.Pattern).Select((_, i) => found.Evidence(i))])
        );
    }
}

/// <summary>Runs the patterns over a series.</summary>
internal static class PatternRun
{
    /// <summary>Defaults with bars of a second and these patterns only.</summary>
    internal static PatternParameters Only(params string[] patterns) =>
        PatternParameters.Default with
        {
            BarSeconds = 1,
            Enabled = PatternSelection.Of(patterns),
        };

    internal static PatternParameters Set(this PatternParameters given, string pattern, string parameter, double value) =>
        given.With(given.Catalogue.Find(pattern), parameter, value);

    internal static double Read(this PatternParameters given, string pattern, string parameter) =>
        given.Read(given.Catalogue.Find(pattern), parameter);

    internal static List<Sighting> Find(PatternParameters parameters, IReadOnlyList<PackedTick> ticks)
    {
        var patterns = new SymbolPatterns(parameters);
        var found = new List<Sighting>();
        var room = new Detection[parameters.Catalogue.Count];
        for (var i = 0; i < ticks.Count; i++)
        {
            Take(patterns, ticks[i], i, room, found);
        }

        return found;
    }

    internal static void Take(SymbolPatterns patterns, in PackedTick tick, int index, Detection[] room, List<Sighting> found)
    {
        foreach (ref readonly var detection in room.AsSpan(0, patterns.Apply(tick, room)))
        {
            found.Add(Sighting.Of(patterns.Catalogue, index, detection));
        }
    }

    internal static byte[] Save(SymbolPatterns patterns)
    {
        var writer = new StateWriter();
        patterns.Save(writer);
        return writer.Written.ToArray();
    }
}
