using System.Net;

namespace AITrader.MockMcp.Faults;

/// <summary>The group of endpoints that only the mock's own machine may use, and their answers.</summary>
internal static class AdminResults
{
    public static RouteGroupBuilder MapAdmin(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/admin").AddEndpointFilter(LoopbackOnlyAsync);

    public static IResult Done(Action order)
    {
        order();
        return Results.NoContent();
    }

    public static IResult Bad(string rule) => Results.Problem(rule, statusCode: StatusCodes.Status400BadRequest, type: "bad-fault");

    private static async ValueTask<object?> LoopbackOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
            ? await next(context)
            : Results.Problem(
                "Faults are ordered from the mock's own machine.",
                statusCode: StatusCodes.Status403Forbidden,
                type: "loopback-only"
            );
}
