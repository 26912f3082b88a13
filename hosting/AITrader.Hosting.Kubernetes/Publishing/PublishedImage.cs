using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The image of a resource: a vendor's as it is, one of this solution as a parameter of the chart.</summary>
internal static class PublishedImage
{
    private const string DefaultTag = "latest";

    public static async Task<string> OfAsync(KubernetesResource resource, CancellationToken cancellationToken)
    {
        var target = resource.Target;
        var isBuilt = target is ProjectResource || target.HasAnnotationOfType<DockerfileBuildAnnotation>();
        if (!isBuilt && target.TryGetContainerImageName(out var vendors))
        {
            return vendors!;
        }

        var key = $"{HelmValues.KeyOf(target.Name)}_image";
        resource.Values.Parameters[key] = await NameAsync(target, cancellationToken);
        return HelmValues.Expression("parameters", target.Name, key);
    }

    // Under the name that it is pushed by, without a registry: that is the reader's.
    private static async Task<string> NameAsync(IResource target, CancellationToken cancellationToken)
    {
        var options = new ContainerImagePushOptions { RemoteImageName = target.Name, RemoteImageTag = DefaultTag };
        var context = new ContainerImagePushOptionsCallbackContext
        {
            Resource = target,
            Options = options,
            CancellationToken = cancellationToken,
        };
        foreach (var annotation in target.Annotations.OfType<ContainerImagePushOptionsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return $"{options.RemoteImageName}:{options.RemoteImageTag}";
    }
}
