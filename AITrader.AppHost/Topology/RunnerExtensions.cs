using System.Globalization;

namespace AITrader.AppHost.Topology;

/// <summary>What the inference services have beside what every service has.</summary>
internal static class RunnerExtensions
{
    public const string Grpc = "grpc";

    // Beside 8080, the port of images.
    private const int PublishedPort = 8081;

    /// <summary>Adds the endpoint of the gRPC form and tells the runner its port.</summary>
    /// <remarks>No endpoint of http: those of one scheme become the addresses of the REST form, and without TLS a port speaks HTTP/1.1 or
    /// HTTP/2.</remarks>
    public static IResourceBuilder<T> WithGrpc<T>(this IResourceBuilder<T> runner, int port)
        where T : IResourceWithEndpoints, IResourceWithEnvironment
    {
        var isImage = runner.ApplicationBuilder.ExecutionContext.IsPublishMode || runner.Resource is ContainerResource;
        return runner.WithEndpoint(port, isImage ? PublishedPort : null, name: Grpc, env: "Inference__GrpcPort");
    }

    /// <summary>Gives a runner its GPU.</summary>
    /// <param name="runner">The runner.</param>
    /// <param name="gpu">The settings.</param>
    /// <param name="isOnlyDevice">Whether it sees no other GPU: then its own is the first.</param>
    public static IResourceBuilder<T> WithGpu<T>(this IResourceBuilder<T> runner, GpuSettings gpu, bool isOnlyDevice)
        where T : IResourceWithEnvironment
    {
        runner.WithEnvironment("Inference__DeviceId", isOnlyDevice ? "0" : Text(gpu.Device));
        if (gpu.MemoryLimitMiB is { } limit)
        {
            runner.WithEnvironment("Inference__GpuMemoryLimitMiB", Text(limit));
        }

        return gpu.Precision is { } precision ? runner.WithEnvironment("Inference__Precision", precision) : runner;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
