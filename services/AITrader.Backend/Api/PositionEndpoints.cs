using AITrader.Backend.Data;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/positions", ListAsync).WithName("ListPositions").WithTags("positions").WithSummary("Positions by symbol.");

    private static async Task<Ok<PageResponse<PositionResponse>>> ListAsync(PositionQueries positions, CancellationToken ct)
    {
        var rows = await positions.ListAsync(ct);
        return TypedResults.Ok(new PageResponse<PositionResponse>([.. rows.Select(PositionResponse.From)], Next: null));
    }
}
