using AITrader.ExecutionEngine.Brokers.Kite;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Venues.Kite.Orders;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>The broker's side, for other services.</summary>
internal static class BrokerEndpoints
{
    private const int MaxPostbackBytes = 16 * 1024;

    public static void MapBroker(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/broker", Get).RequireServiceToken().WithName("GetBroker");
        routes
            .MapPost("/broker/postback", PostbackAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxPostbackBytes))
            .RequireServiceToken()
            .WithName("TakePostback");
    }

    private static Ok<BrokerReading> Get(BrokerState state) => TypedResults.Ok(state.Reading);

    private static async Task<Results<NoContent, ProblemHttpResult>> PostbackAsync(
        HttpRequest request,
        IServiceProvider services,
        CancellationToken ct
    )
    {
        if (services.GetService<KitePostbacks>() is not { } postbacks)
        {
            return ServiceProblem.Of(
                StatusCodes.Status404NotFound,
                "no-broker",
                "Live orders are simulated (Execution:Broker): there is no broker that could tell of them."
            );
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return postbacks.Take(body.GetBuffer().AsSpan(0, (int)body.Length)) switch
        {
            KitePostback.Genuine => TypedResults.NoContent(),
            KitePostback.Forged => ServiceProblem.Of(
                StatusCodes.Status403Forbidden,
                "forged-postback",
                "The checksum is not that of order id, order time and the app's secret: this postback is not from Kite, or Kite:ApiSecret is another app's."
            ),
            _ => ServiceProblem.Of(
                StatusCodes.Status400BadRequest,
                "unreadable-postback",
                "This is no postback: a JSON object with order_id, order_timestamp and checksum is expected."
            ),
        };
    }
}
