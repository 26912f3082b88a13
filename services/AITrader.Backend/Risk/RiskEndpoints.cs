using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Storage.Queries;
using AITrader.Storage.Risk;
using AITrader.Storage.Rows;
using AITrader.Trading.Risk;

namespace AITrader.Backend.Risk;

/// <summary>Limits and kill switches.</summary>
internal static class RiskEndpoints
{
    private const int MaxReasonLength = 200;
    private const int MaxNameLength = 100;

    public static void MapRisk(this IEndpointRouteBuilder routes)
    {
        var risk = routes.MapGroup("/risk").WithTags("risk");
        risk.MapGet("/", GetAsync).WithName("GetRisk").WithSummary("Limits, what is switched off, and what waits for a confirmation.");
        var change = risk.MapGroup(string.Empty)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        MapLimits(change);
        MapKills(change);
    }

    private static void MapLimits(RouteGroupBuilder risk)
    {
        risk.MapPut("/limits/account", static (LimitsRequest body, RiskChanges changes, ClaimsPrincipal user, CancellationToken ct) =>
                changes.SetAsync(RiskScopes.Account, string.Empty, body, user, ct)
            )
            .WithName("SetAccountLimits")
            .WithSummary("Sets the account's limits; raising one waits for a confirmation.");
        risk.MapPut("/limits/{scope}/{name}", SetAsync)
            .WithName("SetLimits")
            .WithSummary("Sets the limits of a strategy or a symbol; raising one waits for a confirmation.");
        risk.MapPost("/proposals/{id:guid}/confirm", static (Guid id, RiskChanges changes, ClaimsPrincipal user, CancellationToken ct) =>
                changes.ConfirmAsync(id, user, ct)
            )
            .RequireAuthorization(AuthHostExtensions.AdminPolicy)
            .WithName("ConfirmLimits")
            .WithSummary("Confirms raised limits: they hold from now on.");
    }

    private static void MapKills(RouteGroupBuilder risk)
    {
        risk.MapPost("/kill", KillAsync)
            .WithName("Kill")
            .WithSummary("Switches a strategy or the account off: cancels what adds risk, takes nothing more of it.");
        risk.MapPost("/revive", ReviveAsync)
            .RequireAuthorization(AuthHostExtensions.AdminPolicy)
            .WithName("Revive")
            .WithSummary("Switches a strategy or the account on again.");
    }

    private static async Task<RiskResponse> GetAsync(RiskReader reader, RiskStore store, AccountStore accounts, CancellationToken ct)
    {
        var state = await reader.ReadAsync(ct);
        var account = (await accounts.ReadBooksAsync(string.Empty, ct)).Account;
        return new RiskResponse(
            account?.TradingState ?? TradingStates.Halted,
            account?.HaltReason ?? string.Empty,
            [
                .. state.Limits.Select(static row => new LimitsResponse(
                    row.Scope,
                    row.Name,
                    RiskChanges.NumbersOf(row.Limits),
                    row.Version,
                    row.UpdatedAt
                )),
            ],
            [.. state.Kills.Select(KillResponse.From)],
            [.. (await store.ProposalsAsync(ct)).Select(RiskChanges.ResponseOf)],
            NamedLimits.All
        );
    }

    private static Task<IResult> SetAsync(
        string scope,
        string name,
        LimitsRequest body,
        RiskChanges changes,
        ClaimsPrincipal user,
        CancellationToken ct
    ) =>
        scope is not (RiskScopes.Strategy or RiskScopes.Symbol) || name.Length is 0 or > MaxNameLength
            ? Task.FromResult<IResult>(BackendProblems.UnknownScope(scope))
            : changes.SetAsync(scope, name, body, user, ct);

    private static async Task<IResult> KillAsync(KillRequest body, RiskStore store, ClaimsPrincipal user, CancellationToken ct)
    {
        var reason = body.Reason.Trim();
        return reason.Length is 0 or > MaxReasonLength ? BackendProblems.ReasonRequired(MaxReasonLength)
            : body.Strategy is { Length: 0 or > MaxNameLength } ? BackendProblems.UnknownScope(body.Strategy)
            : TypedResults.Ok(KillResponse.From(await store.KillAsync(body.Strategy ?? string.Empty, reason, user.UserId, ct)));
    }

    private static async Task<IResult> ReviveAsync(ReviveRequest body, RiskStore store, ClaimsPrincipal user, CancellationToken ct) =>
        await store.ReviveAsync(body.Strategy ?? string.Empty, user.UserId, ct)
            ? TypedResults.NoContent()
            : BackendProblems.NotSwitchedOff(body.Strategy);
}
