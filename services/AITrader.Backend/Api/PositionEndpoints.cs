using AITrader.Backend.Data;
using AITrader.Storage.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Api;

internal static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/positions", ListAsync).WithName("ListPositions").WithTags("positions").WithSummary("Positions by symbol.");

    private static async Task<Ok<PageResponse<PositionResponse>>> ListAsync(AITraderDbContext db, CancellationToken ct) =>
        TypedResults.Ok(new PageResponse<PositionResponse>(await ReadAsync(db, ct), Next: null));

    internal static async Task<List<PositionResponse>> ReadAsync(AITraderDbContext db, CancellationToken ct)
    {
        var rows = await db.Positions.AsNoTracking().OrderBy(static row => row.Symbol).ToListAsync(ct);
        return rows.ConvertAll(PositionResponse.From);
    }
}
