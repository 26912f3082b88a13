using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

internal static class AuthHostExtensions
{
    /// <summary>Policy of what changes the state of trading.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>Policy of what traders may do, and administrators too.</summary>
    public const string TraderPolicy = "trader";

    /// <summary>Role that may raise limits.</summary>
    public const string AdminRole = "admin";
    private const string TraderRole = "trader";

    public static void AddGatewayAuth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        builder.Services.AddSingleton<SessionTokens>();
        builder.Services.AddSingleton<KnownUsers>();
        builder.Services.AddSingleton<AdminKey>();
        builder.Services.AddSingleton<SignInCodes>();
        builder.Services.AddSingleton<SignInLinks>();
        builder.Services.AddSingleton<SignInRefusals>();
        builder.Services.AddSingleton<Administrator>();
        builder.Services.AddHostedService<AdministratorSetup>();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerSetup>();

        // Not AddAuthentication(): it brings data protection, which would write a key ring that nothing here uses.
        builder.Services.AddAuthenticationCore(static options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        builder.Services.AddSingleton<IAuthenticationConfigurationProvider, NoAuthenticationSettings>();
        new AuthenticationBuilder(builder.Services).AddJwtBearer();

        // Closed by default: open endpoints are marked.
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(SignedIn())
            .SetDefaultPolicy(SignedIn())
            .AddPolicy(AdminPolicy, static policy => Require(policy, AdminRole))
            .AddPolicy(TraderPolicy, static policy => Require(policy, TraderRole, AdminRole));
    }

    private static void Require(AuthorizationPolicyBuilder policy, params string[] roles) =>
        policy.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().RequireRole(roles);

    private static AuthorizationPolicy SignedIn() =>
        new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build();
}
