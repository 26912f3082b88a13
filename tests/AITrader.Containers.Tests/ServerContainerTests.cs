using AITrader.Containers.Tests.Engine;
using AITrader.Containers.Tests.Images;
using AITrader.TestSupport;
using AITrader.TestSupport.Servers;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Containers.Tests;

/// <summary>The AppHost where containers run: its servers as containers, its services behind them.</summary>
[Collection(ServerImages.Collection)]
public sealed class ServerContainerTests
{
    private static readonly string[] Servers = ["redis", "postgres", "aitrader"];

    // pattern-engine is given the address of onnx-runner.
    private static readonly string[] Behind = ["migrations", "onnx-runner", "pattern-engine", "worker"];

    private readonly List<string> _volumes = [];
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Services_become_healthy_behind_servers_in_containers()
    {
        var home = Directory.CreateTempSubdirectory("aitrader-containers-").FullName;
        try
        {
            await using var system = await StartAsync(home);
            await system.ResourceNotifications.WaitForResourceAsync("migrations", KnownResourceStates.Finished, _test);
            await system.ResourceNotifications.WaitForResourceHealthyAsync("pattern-engine", _test);
            await system.ResourceNotifications.WaitForResourceHealthyAsync("worker", _test);
            var images = await DockerEngine.RunAsync("ps", "--format", "{{.Image}}");
            Assert.Contains(ServerImage.Redis, images, StringComparison.Ordinal);
            Assert.Contains(ServerImage.Postgres, images, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(home));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
            await CleanAsync();
        }
    }

    // Containers are removed by the orchestrator, a moment after it has been told to stop.
    private Task CleanAsync() =>
        Eventually.TrueAsync(
            async () => (await DockerEngine.TryAsync(["volume", "rm", "--force", .. _volumes])).ExitCode == 0,
            "the data of the test is removed"
        );

    private async Task<DistributedApplication> StartAsync(string home)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(
            [$"--AITRADER_HOME={home}", "--LocalServers:Mode=containers", "--Inference:GpuRunner=process"],
            _test
        );
        foreach (var resource in builder.Resources.Where(r => r is not ParameterResource && !IsWanted(r)).ToList())
        {
            builder.Resources.Remove(resource);
        }

        builder.Services.AddLogging(static logs => logs.AddFilter("AITrader.AppHost.Resources", LogLevel.None));
        _volumes.AddRange(
            builder.Resources.SelectMany(static r => r.Annotations.OfType<ContainerMountAnnotation>()).Select(static mount => mount.Source!)
        );
        var system = await builder.BuildAsync(_test);
        await system.StartAsync(_test);
        return system;
    }

    private static bool IsWanted(IResource resource) =>
        Servers.Contains(resource.Name) || Behind.Contains(resource.Name.Replace("-rebuilder", string.Empty, StringComparison.Ordinal));
}
