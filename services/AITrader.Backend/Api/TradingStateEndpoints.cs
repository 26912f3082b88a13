using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class TradingStateEndpoints
{
    private const int MaxReasonLength = 200;

    public static void MapTradingState(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/trading-state", SetAsync)
            .WithName("SetTradingState")
            .WithTags("account")
            .WithSummary("Halts or activates trading.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .RequireAuthorization(AuthHostExtensions.AdminPolicy);

    private static async Task<Results<Ok<TradingStateResponse>, ProblemHttpResult>> SetAsync(
        TradingStateRequest request,
        ClaimsPrincipal user,
        AccountStore accounts,
        CancellationToken ct
    )
    {
        if (request.State is not (TradingStates.Active or TradingStates.Reducing or TradingStates.Halted))
        {
            return BackendProblems.UnknownTradingState(request.State);
        }

        var reason = request.Reason?.Trim() ?? string.Empty;
        if (reason.Length > MaxReasonLength || (reason.Length == 0 && request.State != TradingStates.Active))
        {
            return BackendProblems.ReasonRequired(MaxReasonLength);
        }

        var changed = await accounts.SetTradingStateAsync(request.State, reason, user.UserId, ct);
        return changed is null
            ? BackendProblems.NoAccount()
            : TypedResults.Ok(new TradingStateResponse(changed.TradingState, changed.HaltReason, changed.UpdatedAt));
    }
}
