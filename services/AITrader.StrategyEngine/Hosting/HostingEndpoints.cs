using AITrader.Contracts.Strategies;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Looks at the hosted strategies, and loads one anew. For other services only.</summary>
internal static class HostingEndpoints
{
    public static void MapHosting(this IEndpointRouteBuilder routes)
    {
        var strategies = routes.MapGroup("/strategies").RequireServiceToken();
        strategies.MapGet("/", List).WithName("ListStrategies");
        strategies.MapPost("/{name}/reload", Reload).WithName("ReloadStrategy");
    }

    private static Ok<IReadOnlyList<StrategyReport>> List(HostedReports reports) => TypedResults.Ok(reports.All);

    private static Results<Accepted<StrategyReport>, ProblemHttpResult> Reload(string name, HostedReports reports, HostedBoard board)
    {
        if (reports.Find(name) is not { } report)
        {
            return ServiceProblem.Of(
                StatusCodes.Status404NotFound,
                "unknown-strategy",
                $"There is no hosted strategy {name}: GET /strategies lists those that are; they are set in Strategies:Hosted."
            );
        }

        if (report.State == StrategyStates.Disabled)
        {
            return ServiceProblem.Of(
                StatusCodes.Status409Conflict,
                "strategy-disabled",
                $"{name} is disabled: set Enabled of it in Strategies:Hosted and start the service again."
            );
        }

        board.AskReload(report.Name);
        return TypedResults.Accepted((string?)null, report);
    }
}

/// <summary>All strategies of the settings, with what is known of them.</summary>
internal sealed class HostedReports(HostedBoard board, IOptions<HostingOptions> options)
{
    public IReadOnlyList<StrategyReport> All => [.. options.Value.Hosted.Select(Of)];

    public StrategyReport? Find(string name) =>
        options.Value.Hosted.FirstOrDefault(one => one.Name == name) is { } hosted ? Of(hosted) : null;

    private StrategyReport Of(HostedStrategyOptions hosted) =>
        hosted.Enabled
            ? board.Find(hosted.Name) ?? HostedBoard.Of(hosted, StrategyStates.Waiting)
            : HostedBoard.Of(hosted, StrategyStates.Disabled);
}
