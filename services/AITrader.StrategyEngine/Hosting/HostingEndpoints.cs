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

    private static Results<Accepted<StrategyReport>, ProblemHttpResult> Reload(
        string name,
        HostedReports reports,
        IEnumerable<HostingLane> lanes
    )
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

        foreach (var lane in lanes)
        {
            lane.Board.AskReload(report.Name);
        }

        return TypedResults.Accepted((string?)null, report);
    }
}

/// <summary>All strategies of the settings, with what is known of them.</summary>
internal sealed class HostedReports(IEnumerable<HostingLane> lanes, IOptions<HostingOptions> options)
{
    /// <summary>Each as it stands in the live market, then in the newest replay; once where it is in neither.</summary>
    public IReadOnlyList<StrategyReport> All => [.. options.Value.Hosted.SelectMany(Of)];

    public StrategyReport? Find(string name) =>
        options.Value.Hosted.FirstOrDefault(one => one.Name == name) is { } hosted ? Of(hosted)[0] : null;

    private IReadOnlyList<StrategyReport> Of(HostedStrategyOptions hosted)
    {
        if (!hosted.Enabled)
        {
            return [HostedBoard.Of(hosted, StrategyStates.Disabled)];
        }

        var known = lanes.Select(lane => lane.Board.Find(hosted.Name)).OfType<StrategyReport>().ToList();
        return known.Count > 0 ? known : [HostedBoard.Of(hosted, StrategyStates.Waiting)];
    }
}
