using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace AITrader.TestSupport.Servers;

/// <summary>What containers of all servers have in common.</summary>
internal static class ServerContainers
{
    /// <summary>Sets a container up: on this engine, a port of the loopback interface, gone with the process.</summary>
    public static TBuilder Place<TBuilder, TContainer, TConfiguration>(
        this ContainerBuilder<TBuilder, TContainer, TConfiguration> builder,
        ContainerEngine engine,
        int port,
        int inside
    )
        where TBuilder : ContainerBuilder<TBuilder, TContainer, TConfiguration>
        where TContainer : IContainer
        where TConfiguration : IContainerConfiguration =>
        builder
            .WithDockerEndpoint(engine.Endpoint)
            .WithPortBinding(port, inside)
            .WithLabel(ContainerRemains.Label, ContainerRemains.Value)
            .WithCreateParameterModifier(static container => OnLoopback(container.HostConfig!.PortBindings!))
            // The builders' own ask with programs that an image may lack; who starts a server waits until it answers on its port.
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(new AtOnce()));

    private static void OnLoopback(IDictionary<string, IList<PortBinding>> bindings)
    {
        foreach (var binding in bindings.Values.SelectMany(static list => list))
        {
            binding.HostIP = "127.0.0.1";
        }
    }

    private sealed class AtOnce : IWaitUntil
    {
        public Task<bool> UntilAsync(IContainer container) => Task.FromResult(true);
    }
}
