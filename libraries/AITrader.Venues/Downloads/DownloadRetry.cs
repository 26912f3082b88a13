using System.Net;
using Polly;
using Polly.Retry;

namespace AITrader.Venues.Downloads;

/// <summary>Tries a download again where that may help: refused for now (429), a server's error (5xx), a connection that broke or went
/// silent.</summary>
internal static class DownloadRetry
{
    /// <summary>A pipeline whose pauses double, or are as long as <c>Retry-After</c> says.</summary>
    public static ResiliencePipeline Create(DownloadSettings settings, TimeProvider time, Func<Exception?, bool> isTransient) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = settings.Retries,
                    Delay = settings.RetryDelay,
                    MaxDelay = settings.MaxRetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = failed => ValueTask.FromResult(isTransient(failed.Outcome.Exception)),
                    DelayGenerator = static failed =>
                        ValueTask.FromResult((failed.Outcome.Exception as RefusedDownloadException)?.RetryAfter),
                }
            )
            .Build();

    /// <summary>Whether asking again may help.</summary>
    public static bool IsTransient(Exception? failure) =>
        failure switch
        {
            RefusedDownloadException refused => IsTransient(refused.Status),
            HttpRequestException or IOException or TimeoutException => true,
            _ => false,
        };

    /// <summary>Whether an error says that asking again may help.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
