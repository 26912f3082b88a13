using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AITrader.Backend;

/// <summary>Rate limits per user and address, and CORS closed except for configured origins.</summary>
internal static class TrafficLimits
{
    public const string SignInPolicy = "sign-in";

    public static void AddTrafficLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrafficOptions>().BindConfiguration(TrafficOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TrafficOptions>, TrafficOptionsValidator>();
        builder.Services.AddRateLimiter(static limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<TrafficOptions>>(Limit);
        builder.Services.AddCors();
        builder.Services.AddOptions<CorsOptions>().Configure<IOptions<TrafficOptions>>(static (cors, traffic) =>
            cors.AddDefaultPolicy(policy => policy.WithOrigins([.. traffic.Value.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod()));
    }

    private static void Limit(RateLimiterOptions limiter, IOptions<TrafficOptions> traffic)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => Bucket(traffic.Value)));
        limiter.AddPolicy(SignInPolicy, context => RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = traffic.Value.SignInsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));
        limiter.OnRejected = static (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter =
                    Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }

            return ValueTask.CompletedTask;
        };
    }

    private static TokenBucketRateLimiterOptions Bucket(TrafficOptions traffic) => new()
    {
        TokenLimit = traffic.Burst,
        TokensPerPeriod = traffic.RequestsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    private static string CallerOf(HttpContext context) =>
        context.User.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { } user ? $"user:{user}" : AddressOf(context);

    private static string AddressOf(HttpContext context) => $"ip:{context.Connection.RemoteIpAddress}";
}
