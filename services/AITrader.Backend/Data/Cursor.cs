using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AITrader.Backend.Data;

/// <summary>Where a page ended, as text that callers hand back and do not read.</summary>
internal static class Cursor
{
    public static string Of(DateTimeOffset time, Guid id) => Encode(string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks}:{id:N}"));

    public static string Of(int id) => Encode(id.ToString(CultureInfo.InvariantCulture));

    public static bool TryRead(string text, out DateTimeOffset time, out Guid id)
    {
        (time, id) = (default, default);
        var parts = Decode(text)?.Split(':');
        if (
            parts is not [var ticks, var name]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > DateTimeOffset.MaxValue.UtcTicks
            || !Guid.TryParseExact(name, "N", out id)
        )
        {
            return false;
        }

        time = new DateTimeOffset(count, TimeSpan.Zero);
        return true;
    }

    public static bool TryRead(string text, out int id) =>
        int.TryParse(Decode(text), NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
