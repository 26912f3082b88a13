using AITrader.Domain.Signals;
using AITrader.Signals.Catalogue;

namespace AITrader.Signals.Patterns.Models;

/// <summary>A class that a learned classifier may say of the last bars.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction">Which way it points; neutral where it is "nothing".</param>
public readonly record struct PatternClass(string Name, SignalDirection Direction);

/// <summary>The classes that detections are gathered into, in the order of a classifier's outputs: the family of the patterns that a bar
/// ends, and which way they point.</summary>
public static class PatternClasses
{
    // Families of patterns of bars, the rarer before the more frequent: where several end with a bar, the first names the class.
    private static readonly PatternFamily[] Families = [PatternFamily.Momentum, PatternFamily.PriceAction, PatternFamily.Candlestick];

    /// <summary>All classes; the first is that of no pattern.</summary>
    public static IReadOnlyList<PatternClass> All { get; } =
    [
        new("none", SignalDirection.Neutral),
        .. Families.SelectMany(static family =>
            new[]
            {
                new PatternClass($"{family.Name()}_up", SignalDirection.Bullish),
                new PatternClass($"{family.Name()}_down", SignalDirection.Bearish),
            }
        ),
    ];

    /// <summary>The class of what was found at a bar: of the first family that points somewhere, by the sum of its scores.</summary>
    /// <returns>Index in <see cref="All"/>; 0 where nothing was found, or what was found is at odds.</returns>
    public static int Of(PatternCatalogue catalogue, ReadOnlySpan<Detection> found)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        for (var family = 0; family < Families.Length; family++)
        {
            var lean = 0.0;
            foreach (ref readonly var one in found)
            {
                if (catalogue.All[one.Pattern].Family == Families[family])
                {
                    lean += one.Score * SignOf(one.Direction);
                }
            }

            if (lean != 0)
            {
                return 1 + (2 * family) + (lean > 0 ? 0 : 1);
            }
        }

        return 0;
    }

    private static int SignOf(SignalDirection direction) =>
        direction switch
        {
            SignalDirection.Bullish => 1,
            SignalDirection.Bearish => -1,
            _ => 0,
        };
}
