using System.Threading.RateLimiting;
using AITrader.Backend.Problems;
using AITrader.Backend.Traffic;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Answers wrong codes and keys: so many a minute and address with the reason, the rest with 429.</summary>
internal sealed class SignInRefusals : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter;
    private readonly Quota _quota;
    private readonly AuditTrail _audit;

    public SignInRefusals(IOptions<TrafficOptions> traffic, AuditTrail audit)
    {
        _audit = audit;
        _quota = new Quota(traffic.Value.SignInsPerMinute, traffic.Value.SignInsPerMinute, TimeSpan.FromMinutes(1));
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => _quota.PartitionOf(ClientAddress.Of(context)));
    }

    public async Task<ProblemHttpResult> RefuseAsync(HttpContext context, ProblemHttpResult reason, CancellationToken ct)
    {
        using var lease = _limiter.AttemptAcquire(context);
        _quota.Announce(context.Response, _limiter.GetStatistics(context), lease);
        if (!lease.IsAcquired)
        {
            // Nothing is written: a flood must not fill the audit trail.
            return BackendProblems.TooManyRefusals();
        }

        await _audit.WriteAsync(
            new AuditEntry("auth.sign_in_refused", null, "address", ClientAddress.Of(context), new { reason = reason.ProblemDetails.Type }),
            ct
        );
        return reason;
    }

    public void Dispose() => _limiter.Dispose();
}
