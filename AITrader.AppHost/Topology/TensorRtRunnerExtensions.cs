using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Settings;
using AITrader.Hosting.LocalServers;
using AITrader.Hosting.Restarts;

namespace AITrader.AppHost.Topology;

/// <summary>The GPU's inference service: a GPU-tagged container, or a process that steps down to the CPU where there is no GPU.</summary>
/// <remarks>
/// Setting <c>Inference:GpuRunner</c>: <c>container</c>, <c>process</c> or <c>auto</c>. Automatic means the container where this machine
/// has an NVIDIA GPU and a container runtime that answers, and the process elsewhere, so that the race with the CPU runner is real on
/// every machine. A published application always has the container.
/// </remarks>
internal static class TensorRtRunnerExtensions
{
    private const int Port = 8007;
    private const int ContainerPort = 8080;

    public static EndpointReference AddTensorRtRunner(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> serviceTokenKey
    )
    {
        var choice = builder.Configuration["Inference:GpuRunner"] ?? "auto";
        var hasGpu = Accelerators.HasNvidiaGpu();
        var isContainer =
            builder.ExecutionContext.IsPublishMode
            || choice switch
            {
                "container" => true,
                "process" => false,
                "auto" => hasGpu && ContainerRuntime.IsAvailable,
                _ => throw new DistributedApplicationException($"Inference:GpuRunner is '{choice}'; it can be auto, container or process."),
            };
        return isContainer
            ? AddContainer(builder, serviceTokenKey, hasGpu).GetEndpoint(ServiceExtensions.Http)
            : builder
                .AddService<Projects.AITrader_TensorRtRunner>(ResourceNames.TensorRtRunner, serviceTokenKey, Port)
                .GetEndpoint(ServiceExtensions.Http);
    }

    private static IResourceBuilder<ContainerResource> AddContainer(
        IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> serviceTokenKey,
        bool hasGpu
    )
    {
        var container = builder
            .AddDockerfile(ResourceNames.TensorRtRunner, "..", "deploy/tensorrt/Dockerfile", stage: "runtime")
            .WithContainerRuntimeArgs("--gpus", "all", "--ipc=host")
            .WithHttpEndpoint(port: Port, targetPort: ContainerPort, name: ServiceExtensions.Http)
            .WithVolume("tensorrt-engines", "/engines")
            .WithEnvironment("Inference__EngineCache", "/engines")
            .WithEnvironment("ServiceAuth__Key", serviceTokenKey)
            .WithOtlpExporter()
            .WithServiceProbes()
            .WithOwnSettings()
            .WithRestarts()
            .WithImageName(ResourceNames.TensorRtRunner)
            .PublishAsKubernetesService(GpuWorkload.Configure);
        return hasGpu || builder.ExecutionContext.IsPublishMode ? container : container.WithExplicitStart();
    }
}
