namespace AITrader.Formats.Reading;

/// <summary>Outside text for a message: short, printable, on one line.</summary>
internal static class OutsideText
{
    private const int Shown = 40;

    internal static string Show(ReadOnlySpan<byte> text, int most = Shown)
    {
        var shown = text[..Math.Min(text.Length, most)];
        var clean = string.Create(shown.Length, shown, static (target, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                target[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '?';
            }
        });
        return text.Length > most ? clean + "..." : clean;
    }
}
