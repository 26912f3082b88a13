using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>What a computation says at each tick: (tick, output).</summary>
internal delegate List<(int Tick, string Output)> Computation(IReadOnlyList<PackedTick> ticks);

/// <summary>Holds a computation to the past: what it says at a tick must not depend on any later tick.</summary>
internal static class LookAheadGate
{
    private const int Cuts = 6;

    /// <summary>Ends the series at many ticks: everything said before must be said again.</summary>
    internal static void Truncate(Computation compute, List<PackedTick> ticks)
    {
        var whole = compute(ticks);
        foreach (var cut in CutsOf(ticks, whole))
        {
            Assert.Equal(Before(whole, cut), compute(ticks[..cut]));
        }
    }

    /// <summary>Puts another future behind many ticks: everything said before must be said again.</summary>
    internal static void Mutate(Computation compute, List<PackedTick> ticks)
    {
        var whole = compute(ticks);
        foreach (var cut in CutsOf(ticks, whole))
        {
            var other = ticks.Select(
                (tick, i) =>
                    i < cut
                        ? tick
                        : tick with
                        {
                            Price = Price.FromNanos((tick.Price.Nanos * 2) - 1_000_000),
                            Size = Quantity.FromRaw(tick.Size.Raw + 1_000_000),
                            BidSize = tick.AskSize,
                            AskSize = tick.BidSize,
                        }
            );
            Assert.Equal(Before(whole, cut), Before(compute([.. other]), cut));
        }
    }

    /// <summary>Cuts at random, and right behind things that were said: that is where a look ahead shows.</summary>
    private static IEnumerable<int> CutsOf(List<PackedTick> ticks, List<(int Tick, string Output)> said)
    {
        var random = new Random(ticks.Count);
        for (var i = 0; i < Cuts; i++)
        {
            yield return random.Next(ticks.Count);
            if (said.Count > 0)
            {
                yield return said[random.Next(said.Count)].Tick + 1;
            }
        }
    }

    private static IEnumerable<(int Tick, string Output)> Before(List<(int Tick, string Output)> said, int cut) =>
        said.Where(one => one.Tick < cut);
}
