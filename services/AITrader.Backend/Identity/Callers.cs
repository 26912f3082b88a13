using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AITrader.Backend.Identity;

/// <summary>Who is calling.</summary>
internal static class Callers
{
    extension(ClaimsPrincipal user)
    {
        /// <summary>The user's id; null where the token names none.</summary>
        public Guid? UserId => Guid.TryParse(user.FindFirstValue(JwtRegisteredClaimNames.Sub), out var id) ? id : null;
    }
}
