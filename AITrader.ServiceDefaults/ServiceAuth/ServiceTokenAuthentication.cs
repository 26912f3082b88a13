using System.Security.Claims;
using System.Text.Encodings.Web;
using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Reads the bearer token of another service.</summary>
internal sealed class ServiceTokenAuthentication(
    ServiceTokens tokens,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string BearerPrefix = "Bearer ";

    private string _refusal = "This endpoint is internal: it takes a service token.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!tokens.IsEnabled)
        {
            _refusal = $"This endpoint is internal, and {ServiceAuthOptions.Section}:Key is not configured: nobody may call it.";
            return AuthenticateResult.NoResult();
        }

        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var (caller, refusal) = await tokens.CheckAsync(header[BearerPrefix.Length..].Trim());
        _refusal = refusal ?? _refusal;
        return caller is null
            ? AuthenticateResult.Fail(_refusal)
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), Scheme.Name));
    }

    // The status page writes the body: one shape for every failure.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        Context.Items[ProblemWriter.ReasonKey] = ((string Reason, string Detail)?)("service-token-required", _refusal);
        return Task.CompletedTask;
    }
}
