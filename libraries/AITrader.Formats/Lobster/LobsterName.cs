using System.Globalization;

namespace AITrader.Formats.Lobster;

/// <summary>What the name of a LOBSTER file says: <c>AAPL_2012-06-21_34200000_57600000_message_10.csv</c>, of the orderbook file
/// <c>orderbook</c> for <c>message</c>.</summary>
internal sealed record LobsterName(string Symbol, DateOnly Day, int Levels, string BookPath)
{
    private const string MessagePart = "_message_";
    private const int MaxLevels = 1_000;

    /// <summary>Reads the path of a message file; null where it is none.</summary>
    internal static LobsterName? Find(string path)
    {
        var name = Path.GetFileName(path);
        var at = name.LastIndexOf(MessagePart, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var front = name[..at].Split('_');
        var levels = name[(at + MessagePart.Length)..].Split('.')[0];
        return
            front.Length == 4
            && DateOnly.TryParseExact(front[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(levels, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MaxLevels
            ? new LobsterName(front[0], day, count, path[..^name.Length] + name[..at] + "_orderbook_" + name[(at + MessagePart.Length)..])
            : null;
    }
}
