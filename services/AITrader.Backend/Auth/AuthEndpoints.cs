using System.Security.Cryptography;
using System.Text;
using AITrader.Backend.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/sign-in", SignInAsync)
            .WithName("SignIn").WithTags("auth").WithSummary("Exchanges the sign-in code for a session.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireRateLimiting(TrafficLimits.SignInPolicy)
            .AllowAnonymous();

    private static async Task<Results<Ok<SignInResponse>, ProblemHttpResult>> SignInAsync(
        SignInRequest request, IOptions<AuthOptions> options, Administrator administrator, SessionTokens tokens, AuditTrail audit, CancellationToken ct)
    {
        var user = await administrator.EnsureAsync(ct);
        if (!IsSame(request.Code, options.Value.SignInCode))
        {
            await audit.WriteAsync(new AuditEntry("auth.sign_in_refused", null, "user", user.Id.ToString(), new { user.Username }), ct);
            return BackendProblems.WrongCode();
        }

        var (token, expiresAt) = tokens.Issue(user);
        await audit.WriteAsync(new AuditEntry("auth.sign_in", user.Id, "user", user.Id.ToString(), new { expires_at = expiresAt }), ct);
        return TypedResults.Ok(new SignInResponse(token, expiresAt, new UserResponse(user.Username, user.Role)));
    }

    // Hashes have one length, so the time taken tells nothing, not even how long the code is.
    private static bool IsSame(string given, string expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
