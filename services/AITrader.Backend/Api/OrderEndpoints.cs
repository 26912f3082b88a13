using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Api;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/orders", ListAsync)
            .WithName("ListOrders")
            .WithTags("orders")
            .WithSummary("Orders, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes
            .MapGet("/orders/{id}", GetAsync)
            .WithName("GetOrder")
            .WithTags("orders")
            .WithSummary("An order with its events and executions.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<OrderResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] OrderFilter filter,
        AITraderDbContext db,
        KnownSymbols symbols,
        CancellationToken ct
    )
    {
        if (await RefuseAsync(filter, db, symbols, ct) is { } refusal)
        {
            return refusal;
        }

        var rows = db
            .Orders.AsNoTracking()
            .Where(row => filter.Symbol == null || row.Symbol == filter.Symbol)
            .Where(row => filter.Status == null || row.Status == filter.Status);
        if (filter.Before is not null)
        {
            if (!Cursor.TryRead(filter.Before, out var time, out var id))
            {
                return BackendProblems.MalformedCursor();
            }

            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)));
        }

        return TypedResults.Ok(await ReadAsync(rows, filter.Limit ?? Page.DefaultSize, ct));
    }

    internal static async Task<PageResponse<OrderResponse>> ReadAsync(IQueryable<OrderRow> rows, int size, CancellationToken ct)
    {
        var found = await rows.OrderByDescending(static row => row.CreatedAt)
            .ThenByDescending(static row => row.Id)
            .Take(size + 1)
            .ToListAsync(ct);
        return Page.Of(found, size, OrderResponse.From, static row => Cursor.Of(row.CreatedAt, row.Id));
    }

    private static async Task<Results<Ok<OrderDetailResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        AITraderDbContext db,
        CancellationToken ct
    )
    {
        if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } order)
        {
            return BackendProblems.UnknownOrder(id);
        }

        var events = await db.OrderEvents.AsNoTracking().Where(row => row.OrderId == id).OrderBy(static row => row.Id).ToListAsync(ct);
        var executions = await db
            .Executions.AsNoTracking()
            .Where(row => row.OrderId == id)
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Seq)
            .ThenBy(static row => row.TradeId)
            .ToListAsync(ct);
        return TypedResults.Ok(
            OrderDetailResponse.From(order, events.ConvertAll(OrderEventResponse.From), executions.ConvertAll(ExecutionResponse.From))
        );
    }

    private static async Task<ProblemHttpResult?> RefuseAsync(
        OrderFilter filter,
        AITraderDbContext db,
        KnownSymbols symbols,
        CancellationToken ct
    )
    {
        if (Page.Refuse(filter.Limit) is { } refusal)
        {
            return refusal;
        }

        if (filter.Status is not null && !OrderStatuses.All.Contains(filter.Status))
        {
            return BackendProblems.UnknownStatus(filter.Status);
        }

        return filter.Symbol is null || await symbols.IsKnownAsync(db, filter.Symbol, ct)
            ? null
            : BackendProblems.UnknownSymbol(filter.Symbol);
    }
}
