using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace AITrader.Backend.Traffic;

/// <summary>How much one caller may ask for: a bucket that holds a burst and fills up evenly.</summary>
/// <param name="Burst">What may come at once.</param>
/// <param name="Refill">What is added in each period.</param>
/// <param name="Period">How long it takes to add it.</param>
internal sealed record Quota(int Burst, int Refill, TimeSpan Period)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>The caller's bucket.</summary>
    public RateLimitPartition<string> PartitionOf(string caller) => RateLimitPartition.GetTokenBucketLimiter(caller, _ => Options);

    // Added in steps of a second, or of as long as one takes: a bucket that is filled once a minute makes callers wait for a minute.
    private TokenBucketRateLimiterOptions Options
    {
        get
        {
            var perSecond = Refill / Period.TotalSeconds;
            return new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = Math.Max(1, (int)perSecond),
                ReplenishmentPeriod = perSecond >= 1 ? Step : Period / Refill,
            };
        }
    }

    /// <summary>Reports to the caller what is left (the fields of draft-ietf-httpapi-ratelimit-headers-06) and, where it was refused, when
    /// to come again.</summary>
    public void Announce(HttpResponse response, RateLimiterStatistics? statistics, RateLimitLease lease)
    {
        var left = Math.Max(0, statistics?.CurrentAvailablePermits ?? 0);
        response.Headers["RateLimit-Limit"] = Text(Burst);
        response.Headers["RateLimit-Remaining"] = Text(left);
        response.Headers["RateLimit-Reset"] = Text(SecondsFor(Burst - left));
        response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"{Burst};w={SecondsFor(Burst)}");
        if (!lease.IsAcquired)
        {
            response.Headers[HeaderNames.RetryAfter] = Text(Math.Max(1, SecondsFor(1)));
        }
    }

    private long SecondsFor(long tokens) => (long)Math.Ceiling(tokens * Period.TotalSeconds / Refill);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
