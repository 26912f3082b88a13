using System.Globalization;

namespace AITrader.SentimentEngine.Fetching;

/// <summary>Reads how long a server wants to be left alone.</summary>
internal static class RetryAfter
{
    // Long bans are honoured, but no server switches a source off for good.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The pause; null where there is none, it is over, or it cannot be read.</summary>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        TimeSpan? pause =
            double.TryParse(
                value,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite,
                CultureInfo.InvariantCulture,
                out var seconds
            )
                ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? until - now
            : null;
        return pause is not { } found || found <= TimeSpan.Zero ? null
            : found < Longest ? found
            : Longest;
    }
}
