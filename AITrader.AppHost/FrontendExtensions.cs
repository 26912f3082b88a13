using AITrader.AppHost.Kubernetes;
using Aspire.Hosting.JavaScript;

namespace AITrader.AppHost;

/// <summary>The page: Vite while developing, nginx when published.</summary>
internal static class FrontendExtensions
{
    private const int Port = 8080;

    public static IResourceBuilder<ViteAppResource> AddFrontend(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> backend, IResourceBuilder<ParameterResource> adminSignIn) =>
        builder.AddViteApp(ResourceNames.Frontend, "../frontend")
            .WithNpm(installCommand: "ci")
            .WithEndpoint(ServiceExtensions.Http, endpoint => Place(endpoint, builder.ExecutionContext))
            .WithExternalHttpEndpoints()
            .WithHttpProbe(ProbeType.Readiness, "/", periodSeconds: 10, timeoutSeconds: 5, endpointName: ServiceExtensions.Http)
            .WithReference(backend)
            .WithUrls(context => AddSignInAsync(context, adminSignIn.Resource))
            .PublishAsDockerFile(static image => image
                .WithDockerfile("..", "deploy/frontend/Dockerfile")
                .PublishAsKubernetesService(FrontendWorkload.Configure));

    // In a container nginx listens on the port itself; here Vite gets a port of its own behind the public one.
    private static void Place(EndpointAnnotation endpoint, DistributedApplicationExecutionContext context)
    {
        endpoint.Port = Port;
        endpoint.TargetPort = context.IsPublishMode ? Port : endpoint.TargetPort;
    }

    // In the fragment, which no browser sends to a server and no proxy logs.
    private static async Task AddSignInAsync(ResourceUrlsCallbackContext context, ParameterResource adminSignIn)
    {
        if (context.GetEndpoint(ServiceExtensions.Http) is not { } endpoint)
        {
            return;
        }

        var code = await adminSignIn.GetValueAsync(context.CancellationToken);
        context.Urls.Add(new ResourceUrlAnnotation
        {
            Endpoint = endpoint,
            Url = $"{endpoint.Url}/#sign-in={code}",
            DisplayText = "Sign in",
        });
    }
}
