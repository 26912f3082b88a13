using System.Security.Claims;
using AITrader.Backend.Auth;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Orders;

/// <summary>People's orders.</summary>
internal static class OrderRequestEndpoints
{
    public static void MapOrderRequests(this IEndpointRouteBuilder routes)
    {
        var orders = routes
            .MapGroup("/orders")
            .WithTags("orders")
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        orders
            .MapPost(
                "/",
                static (
                    NewOrderRequest body,
                    [FromHeader(Name = OrderRequests.KeyHeader)] string? key,
                    OrderRequests requests,
                    ClaimsPrincipal user,
                    CancellationToken ct
                ) => requests.PlaceAsync(body, key, user, ct)
            )
            .Produces<OrderRequestResponse>(StatusCodes.Status202Accepted)
            .WithName("PlaceOrder")
            .WithSummary("Sends an order; the execution engine checks it.");
        MapChanges(orders.MapGroup(string.Empty));
    }

    private static void MapChanges(RouteGroupBuilder orders)
    {
        orders.ProducesProblem(StatusCodes.Status404NotFound);
        orders
            .MapPatch(
                "/{id:guid}",
                static (
                    Guid id,
                    OrderChangeRequest body,
                    [FromHeader(Name = OrderRequests.KeyHeader)] string? key,
                    OrderRequests requests,
                    ClaimsPrincipal user,
                    CancellationToken ct
                ) => requests.ChangeAsync(id, body, key, user, ct)
            )
            .Produces<OrderRequestResponse>(StatusCodes.Status202Accepted)
            .WithName("ChangeOrder")
            .WithSummary("Asks for new terms of a working order.");
        orders
            .MapDelete("/{id:guid}", static (Guid id, OrderRequests requests, ClaimsPrincipal user, CancellationToken ct) =>
                requests.CancelAsync(id, user, ct)
            )
            .Produces<OrderRequestResponse>(StatusCodes.Status202Accepted)
            .WithName("CancelOrder")
            .WithSummary("Asks for the cancel of a working order.");
    }
}
