using System.Security.Claims;
using System.Text;
using AITrader.Domain.Ids;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AITrader.Backend.Auth;

/// <summary>Makes session tokens and says how they are checked.</summary>
internal sealed class SessionTokens(IOptions<AuthOptions> options, IIdSource ids, TimeProvider time)
{
    /// <summary>Claim that holds the role.</summary>
    public const string RoleClaim = "role";

    private const string Issuer = "aitrader";
    private const string Audience = "aitrader-gateway";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly SymmetricSecurityKey _key = new(Encoding.UTF8.GetBytes(options.Value.SigningKey));

    public TokenValidationParameters Validation =>
        new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = IsCurrent,
            NameClaimType = JwtRegisteredClaimNames.Name,
            RoleClaimType = RoleClaim,
        };

    /// <summary>A token for this user, and when it ends.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(UserRow user)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + options.Value.SessionLifetime;
        var token = _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                Subject = new ClaimsIdentity([
                    new Claim(JwtRegisteredClaimNames.Sub, user.Id.ToString()),
                    new Claim(JwtRegisteredClaimNames.Name, user.Username),
                    new Claim(JwtRegisteredClaimNames.Jti, ids.NewId().ToString()),
                    new Claim(RoleClaim, user.Role),
                ]),
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = expires.UtcDateTime,
                SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
            }
        );
        return (token, expires);
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockSkew && (notBefore is not { } start || now >= start - ClockSkew);
    }
}
