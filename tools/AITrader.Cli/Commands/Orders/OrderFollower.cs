using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Timing;

namespace AITrader.Cli.Commands.Orders;

/// <summary>Waits until the execution engine has taken an order.</summary>
internal sealed class OrderFollower(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The order as it is once it was taken or denied.</summary>
    /// <exception cref="Refusal">The engine has not taken it in time.</exception>
    public async Task<JsonElement> TakenAsync(GatewayClient client, Guid order, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(Limit, time, cancellationToken);
        try
        {
            while (true)
            {
                if (await client.FindAsync($"/api/v1/orders/{order}", limit.Token) is { } found)
                {
                    return found;
                }

                await Task.Delay(Pause, time, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Refusal(
                $"order {order} was sent, and the execution engine has not taken it within {Limit.TotalSeconds:0} s; `./aitrader orders` shows when it has"
            );
        }
    }
}
