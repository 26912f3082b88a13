using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Storage.Flags;
using AITrader.Storage.Queries;

namespace AITrader.Backend.Flags;

/// <summary>What can be switched while the system runs.</summary>
internal static class FlagEndpoints
{
    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        var flags = routes.MapGroup("/flags").WithTags("flags");
        flags.MapGet("/", ListAsync).WithName("GetFlags").WithSummary("Every flag, what it is set to and its default.");
        flags
            .MapPut("/{name}", SetAsync)
            .RequireAuthorization(AuthHostExtensions.AdminPolicy)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("SetFlag")
            .WithSummary("Switches a flag on or off.");
    }

    private static async Task<FlagListResponse> ListAsync(FlagReader reader, CancellationToken ct)
    {
        var rows = await reader.ReadAsync(ct);
        return new FlagListResponse([.. FeatureFlags.All.Select(flag => FlagResponse.Of(flag, rows.GetValueOrDefault(flag.Name)))]);
    }

    private static async Task<IResult> SetAsync(
        string name,
        FlagRequest body,
        FlagStore store,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        FeatureFlags.Find(name) is { } flag
            ? TypedResults.Ok(FlagResponse.Of(flag, await store.SetAsync(flag, body.Enabled, user.UserId, ct)))
            : BackendProblems.UnknownFlag(name, FeatureFlags.All);
}
