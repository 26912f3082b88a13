using System.Net;

namespace AITrader.Venues.Downloads;

/// <summary>A server answered with an error.</summary>
internal sealed class RefusedDownloadException(HttpStatusCode status, TimeSpan? retryAfter, string message) : Exception(message)
{
    public HttpStatusCode Status => status;

    public TimeSpan? RetryAfter => retryAfter;
}
