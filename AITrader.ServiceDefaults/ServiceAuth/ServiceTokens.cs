using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text;
using AITrader.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Makes and checks short-lived tokens (JWT, HMAC-SHA256) between services.</summary>
/// <remarks>Safe to call from any thread.</remarks>
internal sealed class ServiceTokens(IOptions<ServiceAuthOptions> options, ServiceIdentity identity, TimeProvider time)
{
    private const string Issuer = "aitrader";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset RenewAt)> _issued = new(StringComparer.Ordinal);
    private readonly SymmetricSecurityKey? _key = options.Value.Key is { Length: > 0 } key
        ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key))
        : null;

    public bool IsEnabled => _key is not null;

    /// <summary>A token for these services; null without a key.</summary>
    public string? Issue(IReadOnlyList<string> audiences)
    {
        if (_key is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var name = string.Join(' ', audiences);
        if (_issued.TryGetValue(name, out var issued) && now < issued.RenewAt)
        {
            return issued.Token;
        }

        var token = Create(audiences, now);
        _issued[name] = (token, now + (options.Value.Lifetime / 2));
        return token;
    }

    /// <summary>The identity of the caller, or why the token is refused.</summary>
    public async Task<(ClaimsIdentity? Caller, string? Refusal)> CheckAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudiences = [identity.Name, identity.Resource],
                IssuerSigningKey = _key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                RequireExpirationTime = true,
                LifetimeValidator = IsCurrent,
                NameClaimType = JwtRegisteredClaimNames.Sub,
            }
        );
        return result.IsValid ? (result.ClaimsIdentity, null) : (null, Explain(result.Exception));
    }

    private string Create(IReadOnlyList<string> audiences, DateTimeOffset now)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Subject = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, identity.Name)]),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + options.Value.Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        };
        foreach (var audience in audiences)
        {
            descriptor.Audiences.Add(audience);
        }

        return _handler.CreateToken(descriptor);
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && (notBefore is not { } start || now >= start - ClockSkew);
    }

    private static string Explain(Exception? failure) =>
        failure switch
        {
            SecurityTokenInvalidAudienceException => "The service token is for another service.",
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException =>
                "The service token has expired or is not valid yet.",
            _ => "The service token is not valid.",
        };
}
