using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using DotNet.Testcontainers.Configurations;

namespace AITrader.TestSupport.Servers;

/// <summary>Where an engine is, and which version of its interface it speaks.</summary>
/// <param name="found">Its address.</param>
/// <param name="version">Null for the client's own.</param>
internal sealed class EngineEndpoint(IDockerEndpointAuthenticationConfiguration found, Version? version)
    : IDockerEndpointAuthenticationConfiguration
{
    /// <summary>Of engines that are older than the client's oldest, such as Debian 12's.</summary>
    public static readonly Version Old = new(1, 41);

    private const string Socket = "/var/run/docker.sock";

    public Version? Version => version ?? found.Version;

    public Uri Endpoint => found.Endpoint;

    public IAuthProvider AuthProvider => found.AuthProvider;

    public DockerClientBuilder GetDockerClientBuilder(Guid sessionId) =>
        version is null ? found.GetDockerClientBuilder(sessionId) : found.GetDockerClientBuilder(sessionId).WithApiVersion(version);

    /// <summary>The engine of this machine; null where there is none. Testcontainers looks in all places, and passes over old
    /// ones.</summary>
    public static IDockerEndpointAuthenticationConfiguration? OfMachine() =>
        TestcontainersSettings.OS?.DockerEndpointAuthConfig
        ?? (File.Exists(Socket) ? new DockerEndpointAuthenticationConfiguration(new Uri($"unix://{Socket}")) : null);
}
