using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.Hosting.Restarts;

namespace AITrader.AppHost.Topology;

/// <summary>Adds the web page, served by Vite in development and by nginx when published.</summary>
internal static class FrontendExtensions
{
    private const int Port = 8080;
    private const string Folder = "../frontend";

    public static IResourceBuilder<ExecutableResource> AddFrontend(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> backend
    ) =>
        builder
            // Vite itself, not `npm run dev`: npm and its shell would stay beside it.
            .AddExecutable(ResourceNames.Frontend, "node", Folder, "node_modules/vite/bin/vite.js")
            .WithHttpEndpoint(
                port: Port,
                targetPort: builder.ExecutionContext.IsPublishMode ? Port : null,
                name: ServiceExtensions.Http,
                env: "PORT"
            )
            .WithExternalHttpEndpoints()
            .WithHttpProbe(ProbeType.Readiness, "/", periodSeconds: 10, timeoutSeconds: 5, endpointName: ServiceExtensions.Http)
            .WithReference(backend)
            .WithPackages()
            .WithRestarts()
            .PublishAsDockerFile(static image =>
                image
                    .WithDockerfile("..", "deploy/frontend/Dockerfile")
                    .WithImageName(ResourceNames.Frontend)
                    .PublishAsKubernetesService(FrontendWorkload.Configure)
            );

    // `npm ci` before the first start, and after the lock file has changed.
    private static IResourceBuilder<ExecutableResource> WithPackages(this IResourceBuilder<ExecutableResource> frontend)
    {
        var builder = frontend.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode || IsInstalled(Path.GetFullPath(Folder, builder.AppHostDirectory)))
        {
            return frontend;
        }

        var installer = builder
            .AddExecutable($"{ResourceNames.Frontend}-packages", "npm", Folder, "ci", "--no-audit", "--no-fund")
            .ExcludeFromManifest();
        return frontend.WaitForCompletion(installer);
    }

    // npm notes what it installed; while that is younger than the lock file, another install would only cost time.
    private static bool IsInstalled(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return installed.Exists && File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")) <= installed.LastWriteTimeUtc;
    }
}
