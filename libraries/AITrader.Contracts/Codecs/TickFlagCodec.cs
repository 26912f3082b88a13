using AITrader.Domain.Ticks;

namespace AITrader.Contracts.Codecs;

/// <summary>Flags of a tick as words, such as <c>filled,off_tick</c>. A word that a newer release may write is passed over.</summary>
public static class TickFlagCodec
{
    private const byte Separator = (byte)',';
    private const int Longest = 128;

    private static readonly byte[][] Words =
    [
        [.. "after_gap"u8],
        [.. "filled"u8],
        [.. "out_of_order"u8],
        [.. "after_silence"u8],
        [.. "locked"u8],
        [.. "crossed"u8],
        [.. "outside_band"u8],
        [.. "off_tick"u8],
    ];

    private static readonly string[] Names = Array.ConvertAll(Words, System.Text.Encoding.ASCII.GetString);

    /// <summary>The words in the order of their bits; none for no flags.</summary>
    public static IReadOnlyList<string> Of(TickFlags flags) =>
        flags == TickFlags.None ? [] : [.. Names.Where((_, bit) => ((int)flags & (1 << bit)) != 0)];

    internal static void Add(FieldBuffer fields, TickFlags flags)
    {
        Span<byte> text = stackalloc byte[Longest];
        var length = 0;
        for (var bit = 0; bit < Words.Length; bit++)
        {
            if (((int)flags & (1 << bit)) == 0)
            {
                continue;
            }

            if (length > 0)
            {
                text[length++] = Separator;
            }

            Words[bit].CopyTo(text[length..]);
            length += Words[bit].Length;
        }

        fields.Add(Fields.Flags, text[..length]);
    }

    internal static TickFlags Read(ReadOnlySpan<byte> text)
    {
        var flags = 0;
        foreach (var range in text.Split(Separator))
        {
            for (var bit = 0; bit < Words.Length; bit++)
            {
                flags |= text[range].SequenceEqual(Words[bit]) ? 1 << bit : 0;
            }
        }

        return (TickFlags)flags;
    }
}
