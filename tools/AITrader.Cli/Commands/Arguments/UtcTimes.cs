using System.Globalization;

namespace AITrader.Cli.Commands.Arguments;

/// <summary>Times as people type them: UTC where no offset is given.</summary>
internal static class UtcTimes
{
    // A date begins every one of them: a number or a word alone is none.
    private const int DateLength = 10;

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= DateLength
            && DateOnly.TryParseExact(text[..DateLength], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out time
            );
    }
}
