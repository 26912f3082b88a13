using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AITrader.Storage.Queries;

namespace AITrader.Backend.Data;

/// <summary>Where a page ended, as text that callers hand back and do not read.</summary>
internal static class Cursor
{
    public static string Of(DateTimeOffset time, Guid id) => Encode(string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks}:{id:N}"));

    public static string Of(DateTimeOffset time, string name) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks}:{name}"));

    public static string Of(int id) => Encode(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null where there is no cursor; false where it is none of ours.</summary>
    public static bool TryRead(string? text, out KeysetPosition? position)
    {
        position = null;
        if (text is null)
        {
            return true;
        }

        if (!TrySplit(text, out var time, out var name) || !Guid.TryParseExact(name, "N", out var id))
        {
            return false;
        }

        position = new KeysetPosition(time, id);
        return true;
    }

    /// <summary>Null where there is no cursor; false where it is none of ours.</summary>
    public static bool TryRead(string? text, out RunPosition? position)
    {
        position = null;
        if (text is null)
        {
            return true;
        }

        if (!TrySplit(text, out var time, out var name))
        {
            return false;
        }

        position = new RunPosition(time, name);
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

    private static bool TrySplit(string text, out DateTimeOffset time, out string name)
    {
        (time, name) = (default, string.Empty);
        if (
            Decode(text)?.Split(':', 2) is not [var ticks, var rest]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > DateTimeOffset.MaxValue.UtcTicks
            || rest.Contains('\0', StringComparison.Ordinal)
        )
        {
            return false;
        }

        (time, name) = (new DateTimeOffset(count, TimeSpan.Zero), rest);
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
