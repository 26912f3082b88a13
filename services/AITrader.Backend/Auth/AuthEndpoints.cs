using System.Diagnostics;
using AITrader.Backend.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Auth;

internal static class AuthEndpoints
{
    private const long MaxBodyBytes = 1024;

    /// <summary>Both are open, and limited by what they refuse alone: a right code or key is taken however many wrong ones come from its
    /// address.</summary>
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes
            .MapGroup("/auth")
            .WithTags("auth")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .DisableRateLimiting()
            .AllowAnonymous();
        auth.MapPost("/sign-in", SignInAsync).WithName("SignIn").WithSummary("Exchanges the code of a sign-in link, once, for a session.");
        auth.MapPost("/links", CreateLinkAsync)
            .WithName("CreateSignInLink")
            .WithSummary("Makes a sign-in link for the administrator, for the holder of the key: Authorization: AdminKey <key>.");
    }

    private static async Task<Results<Ok<SignInResponse>, ProblemHttpResult>> SignInAsync(
        SignInRequest request,
        HttpContext context,
        SignInLinks links,
        SessionTokens tokens,
        KnownUsers users,
        SignInRefusals refusals,
        CancellationToken ct
    ) =>
        await links.RedeemAsync(request.Code, ct) switch
        {
            RedeemOutcome.SignedIn signedIn => TypedResults.Ok(Begin(signedIn, tokens, users)),
            RedeemOutcome.Over => await refusals.RefuseAsync(context, BackendProblems.UsedCode(), ct),
            RedeemOutcome.Unknown => await refusals.RefuseAsync(context, BackendProblems.WrongCode(), ct),
            _ => throw new UnreachableException(),
        };

    private static SignInResponse Begin(RedeemOutcome.SignedIn signedIn, SessionTokens tokens, KnownUsers users)
    {
        users.Add(signedIn.User);
        var (token, expiresAt) = tokens.Issue(signedIn.User);
        return new SignInResponse(token, expiresAt, new UserResponse(signedIn.User.Username, signedIn.User.Role));
    }

    private static async Task<Results<Created<SignInLinkResponse>, ProblemHttpResult>> CreateLinkAsync(
        HttpContext context,
        AdminKey key,
        Administrator administrator,
        SignInLinks links,
        SignInRefusals refusals,
        CancellationToken ct
    )
    {
        if (!key.IsHeldBy(context.Request))
        {
            return await refusals.RefuseAsync(context, BackendProblems.WrongAdminKey(), ct);
        }

        var (code, expiresAt) = await links.CreateAsync(await administrator.EnsureAsync(ct), ct);
        return TypedResults.Created((string?)null, new SignInLinkResponse(code, expiresAt));
    }
}
