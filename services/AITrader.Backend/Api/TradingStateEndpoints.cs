using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
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
        ShownRun runs,
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

        var asked = await runs.FindAsync(request.Run ?? ShownRun.All, ct);
        if (!asked.IsKnown)
        {
            return BackendProblems.UnknownRun(request.Run!);
        }

        var changed = await accounts.SetTradingStateAsync(asked.Run, request.State, reason, user.UserId, ct);
        return changed is [var first, ..]
            ? TypedResults.Ok(
                new TradingStateResponse(
                    first.TradingState,
                    first.HaltReason,
                    first.UpdatedAt,
                    [.. changed.Select(static account => RunRow.NameOf(account.Run))]
                )
            )
            : BackendProblems.NoAccount();
    }
}
