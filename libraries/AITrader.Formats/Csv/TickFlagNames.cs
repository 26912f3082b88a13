using AITrader.Domain.Ticks;

namespace AITrader.Formats.Csv;

/// <summary>Flags of a tick as words of a CSV.</summary>
internal static class TickFlagNames
{
    // In the order of the bits.
    private static readonly string[] Names =
    [
        "after_gap",
        "filled",
        "out_of_order",
        "after_silence",
        "locked",
        "crossed",
        "outside_band",
        "off_tick",
    ];

    private static readonly byte[][] Words = Array.ConvertAll(Names, System.Text.Encoding.ASCII.GetBytes);

    /// <summary>All words, for messages.</summary>
    internal static string All { get; } = string.Join(", ", Names);

    /// <summary>The flag of a word; null where it is none.</summary>
    internal static TickFlags? Find(ReadOnlySpan<byte> word)
    {
        for (var bit = 0; bit < Words.Length; bit++)
        {
            if (word.SequenceEqual(Words[bit]))
            {
                return (TickFlags)(1 << bit);
            }
        }

        return null;
    }
}
