using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;

namespace AITrader.Cli.Gateway;

/// <summary>Connects commands to the gateway of the running host.</summary>
internal sealed class GatewayConnector(HostFinder finder, GatewaySignIn signIn, TokenStore tokens)
{
    /// <exception cref="Refusal">The host or the gateway does not run.</exception>
    public async Task<GatewayClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var record = finder.Require();
        return new GatewayClient(record, await GatewaySignIn.FindAsync(record, cancellationToken), signIn, tokens);
    }
}
