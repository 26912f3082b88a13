using AITrader.MockMcp.Broker;

namespace AITrader.MockMcp.Rest;

/// <summary>Loses the answers to orders where that was requested: the order is in the book, or it never got there, and the caller cannot
/// tell
/// which.</summary>
internal sealed class LostAnswerFilter(OrderFaults faults) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (faults.TakeLostAnswer() is not { } lost)
        {
            return await next(context);
        }

        if (lost == LostAnswer.Unsent)
        {
            return KiteResults.GatewayTimeout();
        }

        await next(context);
        switch (lost)
        {
            case LostAnswer.Timeout:
                return KiteResults.GatewayTimeout();
            case LostAnswer.Page:
                return KiteResults.ProxyError();
            case LostAnswer.Hang:
                await UntilGoneAsync(context.HttpContext.RequestAborted);
                return Results.Empty;
            default:
                context.HttpContext.Abort();
                return Results.Empty;
        }
    }

    private static async Task UntilGoneAsync(CancellationToken gone) =>
        await Task.Delay(Timeout.Infinite, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
