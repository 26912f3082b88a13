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

    private static Ok<IReadOnlyList<HostedReport>> List(HostedReports reports) => TypedResults.Ok(reports.All);

    private static Results<Accepted<HostedReport>, ProblemHttpResult> Reload(string name, HostedReports reports, HostedBoard board)
    {
        if (reports.Find(name) is not { } report)
        {
            return TypedResults.Problem(
                $"There is no hosted strategy {name}: GET /strategies lists those that are; they are set in Strategies:Hosted.",
                statusCode: StatusCodes.Status404NotFound,
                type: "unknown-strategy"
            );
        }

        if (report.State == HostedStates.Disabled)
        {
            return TypedResults.Problem(
                $"{name} is disabled: set Enabled of it in Strategies:Hosted and start the service again.",
                statusCode: StatusCodes.Status409Conflict,
                type: "strategy-disabled"
            );
        }

        board.AskReload(report.Name);
        return TypedResults.Accepted((string?)null, report);
    }
}

/// <summary>All strategies of the settings, with what is known of them.</summary>
internal sealed class HostedReports(HostedBoard board, IOptions<HostingOptions> options)
{
    public IReadOnlyList<HostedReport> All => [.. options.Value.Hosted.Select(Of)];

    public HostedReport? Find(string name) =>
        options.Value.Hosted.FirstOrDefault(one => one.Name == name) is { } hosted ? Of(hosted) : null;

    private HostedReport Of(HostedStrategyOptions hosted) =>
        hosted.Enabled
            ? board.Find(hosted.Name) ?? HostedBoard.Of(hosted, HostedStates.Waiting)
            : HostedBoard.Of(hosted, HostedStates.Disabled);
}
