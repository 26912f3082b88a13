using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>The broker's side, for other services.</summary>
internal static class BrokerEndpoints
{
    public static void MapBroker(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/broker", Get).RequireServiceToken().WithName("GetBroker");

    private static Ok<BrokerReading> Get(BrokerState state) => TypedResults.Ok(state.Reading);
}
