using System.Text.Json;

namespace AITrader.Formats.Reading;

/// <summary>Where a member of a small configuration file is written.</summary>
internal static class JsonPlace
{
    /// <summary>Line, from 1, of a member such as <c>columns.price</c>; where it is missing, that of what it belongs to.</summary>
    internal static long LineOf(ReadOnlySpan<byte> json, string member)
    {
        var names = member.Split('.');
        var reader = new Utf8JsonReader(
            json,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        var (found, at) = (0, 0L);
        while (found < names.Length && reader.Read() && reader.CurrentDepth >= found)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == found + 1 && reader.ValueTextEquals(names[found]))
            {
                (found, at) = (found + 1, reader.TokenStartIndex);
            }
        }

        return json[..(int)at].Count((byte)'\n') + 1;
    }
}
