using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Settings;
using AITrader.Hosting.Restarts;
using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost.Topology;

/// <summary>Adds the services of this solution with what they have in common.</summary>
internal static class ServiceExtensions
{
    public const string Http = "http";

    /// <summary>Adds a service: one HTTP endpoint, three probes, the key for calls between services; <c>Replicas:{name}</c> scales
    /// it.</summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> serviceTokenKey,
        int? port = null
    )
        where TProject : IProjectMetadata, new()
    {
        var service = builder
            .AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(port: port, name: Http)
            .WithServiceProbes()
            .WithOwnSettings()
            .WithRunEnvironment()
            .WithEnvironment("ServiceAuth__Key", serviceTokenKey)
            .WithRestarts()
            .WithImageName(name)
            .PublishAsKubernetesService(ServiceWorkload.Harden);
        var replicas = builder.Replicas(name);
        return replicas == 1 ? service : service.WithReplicas(replicas);
    }

    /// <summary>Makes a service run as one instance: it cannot be scaled, and an upgrade in a cluster stops the old pod before the new
    /// one starts.</summary>
    /// <exception cref="DistributedApplicationException"><c>Replicas:{name}</c> asks for more.</exception>
    public static IResourceBuilder<ProjectResource> AsOnlyInstance(this IResourceBuilder<ProjectResource> service)
    {
        var name = service.Resource.Name;
        return service.ApplicationBuilder.Replicas(name) is 0 or 1
            ? service.PublishAsKubernetesService(ServiceWorkload.Replace)
            : throw new DistributedApplicationException(
                $"Replicas:{name} cannot be more than 1: two instances of it would do everything twice."
            );
    }

    /// <summary>Adds the readiness, liveness and startup probes, each on its own path, as a second probe on one path is refused.</summary>
    public static IResourceBuilder<T> WithServiceProbes<T>(this IResourceBuilder<T> service)
        where T : IResourceWithEndpoints, IResourceWithProbes =>
        service
            .WithHttpProbe(ProbeType.Readiness, "/ready", periodSeconds: 10, timeoutSeconds: 5, endpointName: Http)
            .WithHttpProbe(ProbeType.Liveness, "/alive", initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 5, endpointName: Http)
            .WithHttpProbe(ProbeType.Startup, "/health", periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60, endpointName: Http);

    /// <summary>
    /// Passes references as connection strings and addresses, the two forms that services read, and the host's environment name, which
    /// child processes do not inherit. Sets the runtime to use little memory, as all services share one machine.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithRunEnvironment(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        project = project.WithReferenceEnvironment(
            ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ServiceDiscovery
        );
        if (builder.ExecutionContext.IsPublishMode)
        {
            return project;
        }

        return project
            .WithoutRunWrapper()
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
            .WithEnvironment("DOTNET_gcServer", "0")
            .WithEnvironment("DOTNET_GCConserveMemory", "5");
    }

    private static int Replicas(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration.GetValue($"Replicas:{name}", 1);

    // `dotnet run` would take 80 MB beside each service, and a service whose `dotnet run` is killed would run on unnoticed.
    // An IDE that debugs starts projects its own way.
    private static IResourceBuilder<ProjectResource> WithoutRunWrapper(this IResourceBuilder<ProjectResource> project)
    {
        if (!string.IsNullOrEmpty(project.ApplicationBuilder.Configuration["DEBUG_SESSION_PORT"]))
        {
            return project;
        }

        var source = project.Resource.GetProjectMetadata().ProjectPath;
        return project.WithAnnotation(
            new ExecutableAnnotation { Command = ProjectOutputs.ProgramOf(source), WorkingDirectory = Path.GetDirectoryName(source)! }
        );
    }

    /// <summary>Gives each service the addresses of the others it talks to.</summary>
    public static IResourceBuilder<ProjectResource> WithReferences(
        this IResourceBuilder<ProjectResource> service,
        params IEnumerable<IResourceBuilder<IResourceWithServiceDiscovery>> others
    )
    {
        foreach (var other in others)
        {
            service.WithReference(other);
        }

        return service;
    }

    /// <summary>References the bus, and starts the service only when the bus answers.</summary>
    public static IResourceBuilder<ProjectResource> WithBus(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> redis
    ) => service.WithReference(redis).WaitFor(redis);

    /// <summary>References the database, and starts the service only when the schema is current.</summary>
    public static IResourceBuilder<ProjectResource> WithDatabase(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<ProjectResource> migrations
    ) => service.WithReference(database, connectionName: ResourceNames.Database).WaitForCompletion(migrations);
}
