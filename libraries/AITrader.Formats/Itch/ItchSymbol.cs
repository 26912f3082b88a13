using System.Buffers;

namespace AITrader.Formats.Itch;

/// <summary>Nasdaq's signs for warrants, units, rights and when-issued shares as symbols here can carry them.</summary>
internal static class ItchSymbol
{
    private static readonly SearchValues<byte> Usual = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"u8);

    /// <summary>Writes a symbol into the room, which must have 3 bytes for each of it.</summary>
    internal static ReadOnlySpan<byte> Convert(ReadOnlySpan<byte> stock, Span<byte> room)
    {
        if (stock.IndexOfAnyExcept(Usual) < 0)
        {
            return stock;
        }

        var length = 0;
        foreach (var c in stock)
        {
            var text = c switch
            {
                (byte)'+' => ".WS"u8,
                (byte)'=' => ".U"u8,
                (byte)'^' => ".RT"u8,
                (byte)'#' => ".WI"u8,
                _ => default,
            };
            if (!text.IsEmpty)
            {
                text.CopyTo(room[length..]);
                length += text.Length;
            }
            else if (char.IsAsciiLetterOrDigit((char)c) || c is (byte)'.' or (byte)'-')
            {
                room[length++] = c;
            }
            else
            {
                room[length++] = (byte)'_';
                room[length++] = "0123456789ABCDEF"u8[c >> 4];
                room[length++] = "0123456789ABCDEF"u8[c & 0xF];
            }
        }

        return room[..length];
    }
}
