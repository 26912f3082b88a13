using AITrader.Cli.Hosting;

namespace AITrader.Cli.Gateway;

/// <summary>Connects commands to the gateway of the running host.</summary>
internal sealed class GatewayConnector(HostFinder finder, GatewayDoor door, TokenStore tokens)
{
    /// <exception cref="Refusal">The host or the gateway does not run.</exception>
    public async Task<GatewayClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var record = finder.Require();
        return new GatewayClient(record, await GatewayDoor.FindAsync(record, cancellationToken), door, tokens);
    }
}
