using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace AITrader.TestSupport.Servers;

/// <summary>A Docker engine that answers.</summary>
public sealed class ContainerEngine : IDisposable
{
    private const string NoAnswer = "no container engine answers";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PullLimit = TimeSpan.FromMinutes(5);

    private readonly DockerClient _client;

    private ContainerEngine(IDockerEndpointAuthenticationConfiguration endpoint)
    {
        Endpoint = endpoint;
        _client = endpoint.GetDockerClientBuilder(Guid.Empty).Build();
    }

    internal IDockerEndpointAuthenticationConfiguration Endpoint { get; }

    /// <summary>The engine at an address, or the one of this machine where none is given.</summary>
    /// <exception cref="InvalidOperationException">None answers within two seconds.</exception>
    public static async Task<ContainerEngine> FindAsync(Uri? address = null)
    {
        try
        {
            // Looking for the machine's asks every place where one may be, and waits.
            var found = address is null
                ? await Task.Run(EngineEndpoint.OfMachine).WaitAsync(AnswerLimit)
                : new DockerEndpointAuthenticationConfiguration(address);
            return found is null
                ? throw new InvalidOperationException($"{NoAnswer}: there is none")
                : await AskAsync(found, version: null) ?? (await AskAsync(found, EngineEndpoint.Old))!;
        }
        catch (Exception failure)
            when (failure is TimeoutException or HttpRequestException or IOException or SocketException or DockerApiException)
        {
            throw new InvalidOperationException($"{NoAnswer}: {failure.Message.TrimEnd()}", failure);
        }
    }

    /// <summary>Whether an image is here, or comes from its registry now.</summary>
    public async Task<bool> HasImageAsync(string image) => await IsHereAsync(image) || (await PullAsync(image) && await IsHereAsync(image));

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    internal Task StartAsync(string container) => _client.Containers.StartContainerAsync(container, new ContainerStartParameters());

    internal async Task<bool> IsRunningAsync(string container) =>
        (await _client.Containers.InspectContainerAsync(container)).State is { Running: true };

    /// <summary>Sends a signal that ends a container, and waits for that.</summary>
    internal async Task SignalAsync(string container, string signal)
    {
        await _client.Containers.KillContainerAsync(container, new ContainerKillParameters { Signal = signal });
        await _client.Containers.WaitContainerAsync(container);
    }

    // Whoever freezes a server goes on when it is frozen, as with a signal. It is a matter of milliseconds.
    internal void Pause(string container) => Task.Run(() => _client.Containers.PauseContainerAsync(container)).GetAwaiter().GetResult();

    internal void Unpause(string container) => Task.Run(() => _client.Containers.UnpauseContainerAsync(container)).GetAwaiter().GetResult();

    // Null where it does not know that version.
    private static async Task<ContainerEngine?> AskAsync(IDockerEndpointAuthenticationConfiguration found, System.Version? version)
    {
        var engine = new ContainerEngine(new EngineEndpoint(found, version));
        try
        {
            await engine._client.System.PingAsync().WaitAsync(AnswerLimit);
            return engine;
        }
        catch (DockerApiException refused) when (refused.StatusCode == HttpStatusCode.BadRequest && version is null)
        {
            engine.Dispose();
            return null;
        }
    }

    private async Task<bool> IsHereAsync(string image)
    {
        try
        {
            await _client.Images.InspectImageAsync(image);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }

    private async Task<bool> PullAsync(string image)
    {
        using var limit = new CancellationTokenSource(PullLimit);
        try
        {
            await _client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = image },
                new AuthConfig(),
                new Progress<JSONMessage>(),
                limit.Token
            );
            return true;
        }
        catch (Exception failure) when (failure is DockerApiException or OperationCanceledException or HttpRequestException or IOException)
        {
            return false;
        }
    }
}
