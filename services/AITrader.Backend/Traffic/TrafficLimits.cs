using AITrader.Backend.Identity;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Traffic;

/// <summary>Limits: by address before authentication, by user after it; and CORS closed except for configured origins.</summary>
internal static class TrafficLimits
{
    private const string BeforeAuthentication = "address";
    private const string AfterAuthentication = "caller";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void AddTrafficLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrafficOptions>().BindConfiguration(TrafficOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TrafficOptions>, TrafficOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<TrafficOptions>, KnownProxiesValidator>();
        builder.Services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>, KnownProxies>();
        builder.Services.AddKeyedSingleton(BeforeAuthentication, static (services, _) =>
            ByAddress(services.GetRequiredService<IOptions<TrafficOptions>>().Value)
        );
        builder.Services.AddKeyedSingleton(AfterAuthentication, static (services, _) =>
            ByCaller(services.GetRequiredService<IOptions<TrafficOptions>>().Value)
        );
        builder.Services.AddCors();
        builder
            .Services.AddOptions<CorsOptions>()
            .Configure<IOptions<TrafficOptions>>(
                static (cors, traffic) =>
                    cors.AddDefaultPolicy(policy => policy.WithOrigins([.. traffic.Value.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod())
            );
    }

    /// <summary>What one address may ask for, whoever it is: looking at tokens costs too.</summary>
    public static void UseAddressLimit(this WebApplication app) => app.UseLimit(BeforeAuthentication);

    /// <summary>What one user may ask for, or one address of those who show no valid token: that is how often 401 is said.</summary>
    public static void UseCallerLimit(this WebApplication app) => app.UseLimit(AfterAuthentication);

    private static void UseLimit(this WebApplication app, string key)
    {
        var limit = app.Services.GetRequiredKeyedService<RequestLimit>(key);
        app.Use(limit.PassAsync);
    }

    private static RequestLimit ByAddress(TrafficOptions traffic)
    {
        var quota = new Quota(traffic.AddressBurst, traffic.AddressPerSecond, Second);
        return new RequestLimit(context => (ClientAddress.Of(context), quota));
    }

    // Wrong tokens are counted apart from right ones: who shares an address with a guesser is not locked out with it.
    private static RequestLimit ByCaller(TrafficOptions traffic)
    {
        var user = new Quota(traffic.Burst, traffic.RequestsPerSecond, Second);
        var anonymous = new Quota(traffic.AnonymousBurst, traffic.AnonymousPerSecond, Second);
        return new RequestLimit(context => context.User.UserId is { } id ? ($"user:{id}", user) : (ClientAddress.Of(context), anonymous));
    }
}
