using System.Buffers.Text;
using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>One line of a Binance capture: the receive stamp in nanoseconds, a space, the message.</summary>
internal static class CaptureLine
{
    private const int NanosPerMicro = 1_000;

    private static ReadOnlySpan<byte> SpotSuffix => "-SPOT"u8;

    /// <summary>Takes a line apart; the stamp is cut to microseconds.</summary>
    /// <returns>Field and problem of a line that cannot be used, else null.</returns>
    internal static (string Field, string Text)? Split(ReadOnlySpan<byte> line, out long micros, out ReadOnlySpan<byte> json)
    {
        var space = line.IndexOf((byte)' ');
        var stamp = space < 0 ? line : line[..space];
        json = space < 0 ? default : line[(space + 1)..];
        if (!Utf8Parser.TryParse(stamp, out long nanos, out var used) || used != stamp.Length || nanos < 0)
        {
            micros = 0;
            return ("local_ns", $"'{OutsideText.Show(stamp)}' is not a time in nanoseconds");
        }

        micros = nanos / NanosPerMicro;
        return space < 0 ? ("json", "is missing") : null;
    }

    /// <summary>The name with the suffix -SPOT, as one name trades on several of the venue's markets; unchanged where it has no room or is
    /// empty.</summary>
    /// <param name="name">Symbol as the venue spells it.</param>
    /// <param name="room">Where the longer name is written, <see cref="SymbolTable.MaxLength"/> bytes.</param>
    internal static ReadOnlySpan<byte> SpotName(ReadOnlySpan<byte> name, Span<byte> room)
    {
        if (name.IsEmpty || name.Length + SpotSuffix.Length > SymbolTable.MaxLength)
        {
            return name;
        }

        name.CopyTo(room);
        SpotSuffix.CopyTo(room[name.Length..]);
        return room[..(name.Length + SpotSuffix.Length)];
    }
}
