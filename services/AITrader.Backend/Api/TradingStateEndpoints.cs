using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        AITraderDbContext db,
        AuditTrail audit,
        TimeProvider time,
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

        var changed = await db.InTransactionAsync(token => ChangeAsync(db, request.State, reason, user.UserId, audit, time, token), ct);
        return changed is null
            ? BackendProblems.NoAccount()
            : TypedResults.Ok(new TradingStateResponse(changed.TradingState, changed.HaltReason, changed.UpdatedAt));
    }

    private static async Task<AccountRow?> ChangeAsync(
        AITraderDbContext db,
        string state,
        string reason,
        Guid? user,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken ct
    )
    {
        // The execution engine updates this row too: without the lock one of the two changes could be lost.
        var account = await db
            .Accounts.FromSql($"SELECT * FROM accounts WHERE id = {AccountRow.TheAccount} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (account is null)
        {
            return null;
        }

        var changes = new
        {
            from = account.TradingState,
            to = state,
            reason,
        };
        audit.Add(db, new AuditEntry("account.trading_state", user, "account", "1", changes));
        (account.TradingState, account.HaltReason, account.UpdatedAt) = (
            state,
            state == TradingStates.Active ? string.Empty : reason,
            time.GetUtcNow()
        );
        return account;
    }
}
