using AITrader.AppHost.Home;
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
/// <c>Inference:GpuDevice</c>, <c>Inference:GpuMemoryLimitMiB</c> and <c>Inference:GpuPrecision</c> are the GPU, what of its memory each
/// session may take, and in what TensorRT computes. Engines are kept: on a volume of the container, in the home folder of the process.
/// </remarks>
internal static class TensorRtRunnerExtensions
{
    private const int Port = 8007;
    private const int GrpcPort = 8017;
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
            : AddProcess(builder, serviceTokenKey).GetEndpoint(ServiceExtensions.Http);
    }

    private static IResourceBuilder<ProjectResource> AddProcess(
        IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> serviceTokenKey
    ) =>
        builder
            .AddService<Projects.AITrader_TensorRtRunner>(ResourceNames.TensorRtRunner, serviceTokenKey, Port)
            .WithGrpc(GrpcPort)
            .WithGpu(GpuSettings.Of(builder.Configuration), isOnlyDevice: false)
            .WithEnvironment("Inference__EngineCache", Path.Combine(builder.Home().Root, "data", "tensorrt-engines"));

    private static IResourceBuilder<ContainerResource> AddContainer(
        IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> serviceTokenKey,
        bool hasGpu
    )
    {
        var gpu = GpuSettings.Of(builder.Configuration);
        var container = builder
            .AddDockerfile(ResourceNames.TensorRtRunner, "..", "deploy/tensorrt/Dockerfile", stage: "runtime")
            .WithContainerRuntimeArgs("--gpus", $"device={gpu.Device}", "--ipc=host")
            .WithHttpEndpoint(port: Port, targetPort: ContainerPort, name: ServiceExtensions.Http)
            .WithVolume("tensorrt-engines", "/engines")
            .WithEnvironment("Inference__EngineCache", "/engines")
            .WithEnvironment("ServiceAuth__Key", serviceTokenKey)
            .WithOtlpExporter()
            .WithServiceProbes()
            .WithOwnSettings()
            .WithGrpc(GrpcPort)
            .WithGpu(gpu, isOnlyDevice: true)
            .WithRestarts()
            .WithImageName(ResourceNames.TensorRtRunner)
            .PublishAsKubernetesService(GpuWorkload.Configure);
        return hasGpu || builder.ExecutionContext.IsPublishMode ? container : container.WithExplicitStart();
    }
}
