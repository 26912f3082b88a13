using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AITrader.Storage.Queries;

namespace AITrader.Backend.Data;

/// <summary>Where a page ended, as text that callers hand back and do not read.</summary>
internal static class Cursor
{
    public static string Of(DateTimeOffset time, Guid id) => Encode(string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks}:{id:N}"));

    public static string Of(int id) => Encode(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null where there is no cursor; false where it is none of ours.</summary>
    public static bool TryRead(string? text, out KeysetPosition? position)
    {
        position = null;
        if (text is null)
        {
            return true;
        }

        var parts = Decode(text)?.Split(':');
        if (
            parts is not [var ticks, var name]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > DateTimeOffset.MaxValue.UtcTicks
            || !Guid.TryParseExact(name, "N", out var id)
        )
        {
            return false;
        }

        position = new KeysetPosition(new DateTimeOffset(count, TimeSpan.Zero), id);
        return true;
    }

    /// <summary>Null where there is no cursor; false where it is none of ours.</summary>
    public static bool TryRead(string? text, out int? id)
    {
        id = null;
        if (text is null)
        {
            return true;
        }

        if (!int.TryParse(Decode(text), NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return false;
        }

        id = last;
        return true;
    }

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
