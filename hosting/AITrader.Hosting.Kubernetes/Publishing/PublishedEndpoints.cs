using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>An endpoint's address in a cluster: its service's name, the service's port and the container's.</summary>
internal sealed record PublishedEndpoint(string Name, string Scheme, string Host, int ServicePort, int ContainerPort)
{
    // Where .NET's container images listen.
    private const int ProjectPort = 8080;

    public string Url => $"{Scheme}://{Host}:{ServicePort}";

    public static IReadOnlyList<PublishedEndpoint> Of(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>();
        // TLS ends at the ingress; a container has no certificate to serve.
        return [.. (resource is ProjectResource ? endpoints.Where(e => e.UriScheme != "https") : endpoints).Select(e => From(resource, e))];
    }

    public static PublishedEndpoint Of(EndpointReference reference) =>
        Of(reference.Resource).FirstOrDefault(e => string.Equals(e.Name, reference.EndpointName, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException(
            $"'{reference.Resource.Name}' has no endpoint '{reference.EndpointName}' when published."
        );

    private static PublishedEndpoint From(IResource resource, EndpointAnnotation endpoint)
    {
        var host = $"{resource.Name}-service";
        if (resource is ProjectResource && endpoint.TargetPort is null)
        {
            return new PublishedEndpoint(endpoint.Name, endpoint.UriScheme, host, ProjectPort, ProjectPort);
        }

        var target = endpoint.TargetPort
            ?? endpoint.Port
            ?? throw new DistributedApplicationException(
                $"The endpoint '{endpoint.Name}' of '{resource.Name}' needs a target port to be published."
            );
        return new PublishedEndpoint(endpoint.Name, endpoint.UriScheme, host, endpoint.Port ?? target, target);
    }
}
