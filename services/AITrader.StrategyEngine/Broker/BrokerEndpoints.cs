using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.StrategyEngine.Broker;

/// <summary>The account at the broker, as it was read last. For other services only.</summary>
internal static class BrokerEndpoints
{
    public static void MapBroker(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/broker", Get).RequireServiceToken().WithName("GetBrokerAccount");

    private static Ok<BrokerReport> Get(BrokerBoard board, TimeProvider time)
    {
        var (account, newest) = (board.Account, board.Newest);
        return TypedResults.Ok(
            new BrokerReport(
                board.IsEnabled,
                board.IsKnown,
                newest.Problem,
                newest.LoginLink,
                account is null ? null : (time.GetUtcNow() - account.At).TotalSeconds,
                account
            )
        );
    }
}

/// <summary>What is known of the account.</summary>
internal sealed record BrokerReport(
    bool Enabled,
    bool Known,
    string? Problem,
    string? LoginLink,
    double? AgeSeconds,
    BrokerAccount? Account
);
