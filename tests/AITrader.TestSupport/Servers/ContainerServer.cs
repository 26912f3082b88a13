using System.Net;
using Docker.DotNet;
using DotNet.Testcontainers.Containers;

namespace AITrader.TestSupport.Servers;

/// <summary>A server in a container, whose port is one of this machine.</summary>
/// <param name="engine">Where it runs.</param>
/// <param name="build">The container for a port.</param>
internal sealed class ContainerServer(ContainerEngine engine, Func<int, IContainer> build) : IThrowAwayServer
{
    private const string AtOnce = "SIGINT";
    private const string AsACrash = "SIGKILL";

    private IContainer? _container;
    private int _port;
    private bool _isFrozen;
    private string _failure = "it has not been started";

    // The first start makes the container. It keeps its port and its data over later ones.
    public async Task StartAsync(int port)
    {
        if (_container is not null && _port == port)
        {
            await engine.StartAsync(_container.Id);
            return;
        }

        await DisposeAsync();
        (_container, _port) = (build(port), port);
        try
        {
            await _container.StartAsync();
        }
        catch (Exception failure) when (failure is DockerApiException or TimeoutException or ContainerNotRunningException)
        {
            _failure = $"{failure.Message}\n{await ReadLogAsync()}";
            await DisposeAsync();
        }
    }

    public async Task<bool> IsRunningAsync() => _container is not null && await engine.IsRunningAsync(_container.Id);

    public Task StopAsync() => EndAsync(AtOnce);

    public Task KillAsync() => EndAsync(AsACrash);

    public void Freeze()
    {
        engine.Pause(_container!.Id);
        _isFrozen = true;
    }

    public void Thaw()
    {
        if (_isFrozen)
        {
            engine.Unpause(_container!.Id);
            _isFrozen = false;
        }
    }

    public async Task<string> ReadLogAsync()
    {
        if (_container is null)
        {
            return _failure;
        }

        var (output, errors) = await _container.GetLogsAsync();
        return output + errors;
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            Thaw();
            await _container.DisposeAsync();
            _container = null;
        }
    }

    private async Task EndAsync(string signal)
    {
        try
        {
            await engine.SignalAsync(_container!.Id, signal);
        }
        catch (DockerApiException ended) when (ended.StatusCode == HttpStatusCode.Conflict)
        {
            // It does not run.
        }
    }
}
