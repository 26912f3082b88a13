using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;

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
        OrderQueries orders,
        KnownSymbols symbols,
        ShownRun runs,
        CancellationToken ct
    )
    {
        if (await RefuseAsync(filter, symbols, ct) is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead(filter.Before, out KeysetPosition? before))
        {
            return BackendProblems.MalformedCursor();
        }

        if (await runs.FindAsync(filter.Run, ct) is not { IsKnown: true, Run: var run })
        {
            return BackendProblems.UnknownRun(filter.Run!);
        }

        var size = filter.Limit ?? Page.DefaultSize;
        var rows = await orders.ListAsync(run, filter.Symbol, filter.Status, before, size + 1, ct);
        return TypedResults.Ok(Page.Of(rows, size, OrderResponse.From, static row => Cursor.Of(row.CreatedAt, row.Id)));
    }

    private static async Task<Results<Ok<OrderDetailResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        OrderQueries orders,
        CancellationToken ct
    ) => await orders.FindAsync(id, ct) is { } found ? TypedResults.Ok(OrderDetailResponse.From(found)) : BackendProblems.UnknownOrder(id);

    private static async Task<ProblemHttpResult?> RefuseAsync(OrderFilter filter, KnownSymbols symbols, CancellationToken ct)
    {
        if (Page.Refuse(filter.Limit) is { } refusal)
        {
            return refusal;
        }

        if (filter.Status is not null && !OrderStatuses.All.Contains(filter.Status))
        {
            return BackendProblems.UnknownStatus(filter.Status);
        }

        return filter.Symbol is null || await symbols.IsKnownAsync(filter.Symbol, ct) ? null : BackendProblems.UnknownSymbol(filter.Symbol);
    }
}
