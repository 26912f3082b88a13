using System.Net;
using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.MockLlm.Faults;

/// <summary>Endpoints that set faults for testing. Only requests from the same machine are accepted.</summary>
internal static class FaultEndpoints
{
    private const int MaxLatencyMs = 120_000;

    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        var faults = routes.MapGroup("/admin/faults").AddEndpointFilter(OnlyLoopbackAsync);
        faults.MapGet("/", Get).WithName("GetFault");
        faults.MapPut("/", Set).WithName("SetFault");
        faults.MapDelete("/", Clear).WithName("ClearFault");
    }

    private static Ok<Fault> Get(FaultSwitch faults) => TypedResults.Ok(faults.Current ?? new Fault());

    private static IResult Set(Fault fault, FaultSwitch faults)
    {
        if (Mistake(fault) is { } mistake)
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "fault", mistake);
        }

        faults.Set(fault);
        return TypedResults.Ok(fault);
    }

    private static NoContent Clear(FaultSwitch faults)
    {
        faults.Set(null);
        return TypedResults.NoContent();
    }

    private static string? Mistake(Fault fault) =>
        fault switch
        {
            { LatencyMs: < 0 or > MaxLatencyMs } => $"latency_ms lies between 0 and {MaxLatencyMs}.",
            { Status: not (null or StatusCodes.Status429TooManyRequests or (>= 500 and <= 599)) } => "status is 429 or 500 to 599.",
            { RetryAfterSeconds: < 0 } => "retry_after_seconds is not negative.",
            { Times: < 1 } => "times is at least 1.",
            _ => null,
        };

    private static ValueTask<object?> OnlyLoopbackAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
            ? next(context)
            : ValueTask.FromResult<object?>(
                ServiceProblem.Of(StatusCodes.Status403Forbidden, "loopback-only", "Faults are set from the machine itself.")
            );
}
