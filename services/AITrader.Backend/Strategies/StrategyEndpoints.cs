using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Contracts.Strategies;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Strategies;

/// <summary>Shows the hosted strategies to everybody who is signed in, and lets traders have one loaded anew.</summary>
internal static class StrategyEndpoints
{
    public static void AddHostedStrategies(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StrategyEngineClient>();

        // Asked once: another try would only hide that it is slow.
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        builder.Services.AddHttpClient(StrategyEngineClient.ClientName).RemoveAllResilienceHandlers().AddServiceToken("strategy-engine");
#pragma warning restore EXTEXP0001
    }

    public static void MapStrategies(this IEndpointRouteBuilder routes)
    {
        var strategies = routes.MapGroup("/strategies").WithTags("strategies").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        strategies.MapGet("/", ListAsync).WithName("ListStrategies").WithSummary("The hosted strategies: state, account, orders.");
        strategies
            .MapPost("/{name}/reload", ReloadAsync)
            .WithName("ReloadStrategy")
            .WithSummary("Loads a hosted strategy anew; the running version goes on until the new one is ready.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy);
    }

    private static async Task<Results<Ok<StrategyList>, ProblemHttpResult>> ListAsync(StrategyEngineClient engine, CancellationToken ct) =>
        await engine.ListAsync(ct) is { } items ? TypedResults.Ok(new StrategyList(items)) : BackendProblems.StrategyEngineAway();

    private static async Task<Results<Accepted<StrategyReport>, ProblemHttpResult>> ReloadAsync(
        string name,
        StrategyEngineClient engine,
        AuditTrail audit,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        await audit.WriteAsync(new AuditEntry("strategy.reload", user.UserId, "strategy", name, new { name }), ct);
        var reply = await engine.ReloadAsync(name, ct);
        return reply.Report is { } report ? TypedResults.Accepted("/api/v1/strategies", report)
            : reply.Problem is { } refusal ? TypedResults.Problem(refusal)
            : BackendProblems.StrategyEngineAway();
    }
}

/// <summary>The hosted strategies, in the order of settings.</summary>
internal sealed record StrategyList(IReadOnlyList<StrategyReport> Items);
