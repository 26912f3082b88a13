using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Hosting.Tests;

/// <summary>The AppHost with nothing but Redis and PostgreSQL, as processes of this machine on a throw-away folder.</summary>
internal sealed class StateServers : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly DistributedApplication _app;

    private StateServers(DistributedApplication app) => _app = app;

    public static async Task<StateServers> StartAsync(
        string home,
        string password,
        Action<IDistributedApplicationTestingBuilder> configure,
        CancellationToken ct
    )
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(
            [$"--AITRADER_HOME={home}", "--LocalServers:Mode=processes"],
            ct
        );
        builder.Configuration["Parameters:redis-password"] = password;
        builder.Configuration["Parameters:postgres-password"] = password;
        builder.Services.AddLogging(static logs => logs.SetMinimumLevel(LogLevel.Warning));
        foreach (
            var resource in builder
                .Resources.Where(static resource =>
                    resource is ProjectResource or ContainerResource || resource.Name.StartsWith("frontend", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            builder.Resources.Remove(resource);
        }

        configure(builder);
        var servers = new StateServers(await builder.BuildAsync(ct));
        try
        {
            await servers._app.StartAsync(ct).WaitAsync(StartTimeout, ct);
            await servers.HealthyAsync("redis", ct);
            await servers.HealthyAsync("postgres", ct);
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }

        return servers;
    }

    public Task HealthyAsync(string resource, CancellationToken ct) =>
        _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, ct).WaitAsync(StartTimeout, ct);

    public async Task<string> ConnectionStringAsync(string resource, CancellationToken ct) =>
        await _app.GetConnectionStringAsync(resource, ct) ?? throw new InvalidOperationException($"no connection string of {resource}");

    public Task<ExecuteCommandResult> CommandAsync(string resource, string command, CancellationToken ct) =>
        _app.ResourceCommands.ExecuteCommandAsync(resource, command, ct);

    /// <summary>Waits until a resource is as wanted.</summary>
    public Task<ResourceEvent> WaitAsync(string resource, Func<ResourceEvent, bool> isWanted, CancellationToken ct) =>
        _app.ResourceNotifications.WaitForResourceAsync(resource, isWanted, ct).WaitAsync(StartTimeout, ct);

    public static int Pid(ResourceEvent resource) =>
        Convert.ToInt32(Property(resource, "executable.pid") ?? 0, CultureInfo.InvariantCulture);

    public static int Restarts(ResourceEvent resource) =>
        Convert.ToInt32(Property(resource, "aitrader.restarts") ?? 0, CultureInfo.InvariantCulture);

    public static object? Property(ResourceEvent resource, string name) =>
        resource.Snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    public static bool IsRunning(ResourceEvent resource) =>
        resource.Snapshot.State?.Text == KnownResourceStates.Running && Pid(resource) > 0;

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
