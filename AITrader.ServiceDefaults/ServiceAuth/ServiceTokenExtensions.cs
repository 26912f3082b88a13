using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Adds the tokens between services: clients attach them, and internal endpoints require them.</summary>
public static class ServiceTokenExtensions
{
    /// <summary>The authorization policy of internal endpoints.</summary>
    public const string Policy = "service";

    /// <summary>The authentication scheme of service tokens.</summary>
    public const string Scheme = "service-token";

    /// <summary>Attaches a service token to what this client sends.</summary>
    /// <param name="client">The client.</param>
    /// <param name="audiences">The names of the services that it calls.</param>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder client, params string[] audiences)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfZero(audiences.Length);
        return client.AddHttpMessageHandler(services => new ServiceTokenHandler(services.GetRequiredService<ServiceTokens>(), audiences));
    }

    /// <summary>Requires the token of another service.</summary>
    public static TBuilder RequireServiceToken<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(Policy);

    internal static void AddServiceTokens(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ServiceAuthOptions>().BindConfiguration(ServiceAuthOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServiceAuthOptions>, ServiceAuthOptionsValidator>());
        services.TryAddSingleton<ServiceTokens>();
        services.AddHealthChecks().AddCheck<ServiceKeyCheck>("service-key");

        // Not AddAuthentication(): that brings data protection, which would write a key ring that nothing here uses.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ServiceTokenAuthentication>(
            Scheme,
            configureOptions: null
        );
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Policy, static policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
    }
}
