using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.LocalServers.Redis;

/// <summary>The <c>redis-server</c> of this machine, under the name and with the connection string that a container would have.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="program">The full path of <c>redis-server</c>.</param>
/// <param name="folder">Where it keeps its data and its settings.</param>
/// <param name="password">What clients must give.</param>
public sealed class LocalRedisResource(string name, string program, string folder, ParameterResource password)
    : ExecutableResource(name, program, folder),
        IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";

    /// <summary>Where it listens: on loopback only.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={password}");

    internal ParameterResource Password => password;
}
