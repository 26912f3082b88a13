using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace AITrader.Backend.Traffic;

/// <summary>Lets a request through, or answers 429; says either way what is left.</summary>
/// <param name="quotaOf">The caller of a request, and how much it may ask for.</param>
internal sealed class RequestLimit(Func<HttpContext, (string Caller, Quota Quota)> quotaOf) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
    {
        var (caller, quota) = quotaOf(context);
        return quota.PartitionOf(caller);
    });

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            await next(context);
            return;
        }

        using var lease = _limiter.AttemptAcquire(context);
        quotaOf(context).Quota.Announce(context.Response, _limiter.GetStatistics(context), lease);
        if (lease.IsAcquired)
        {
            await next(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
