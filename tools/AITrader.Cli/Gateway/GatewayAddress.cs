using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;

namespace AITrader.Cli.Gateway;

/// <summary>The addresses of the gateway and of the web page, and the operator's key, read from the host's resources.</summary>
/// <param name="Gateway">Address of the gateway.</param>
/// <param name="Page">Address of the web page; null where it does not run.</param>
/// <param name="AdminKey">The operator's key, which makes sign-in links.</param>
internal sealed record GatewayAddress(Uri Gateway, Uri? Page, string AdminKey)
{
    private const string BackendName = "backend";
    private const string PageName = "frontend";
    private const string KeyParameter = "admin-key";

    /// <summary>The addresses among the host's resources; null where the gateway does not run.</summary>
    public static GatewayAddress? From(IReadOnlyList<Resource> resources)
    {
        var shown = ResourceService.Shown(resources);
        return AddressOf(shown, BackendName) is { } gateway && SecretOf(resources, KeyParameter) is { } key
            ? new GatewayAddress(gateway, AddressOf(shown, PageName), key)
            : null;
    }

    private static string? SecretOf(IReadOnlyList<Resource> resources, string name) =>
        resources.Where(resource => resource.Name == name).Select(ResourceView.SecretOf).FirstOrDefault();

    private static Uri? AddressOf(IReadOnlyList<ResourceView> resources, string name) =>
        resources
            .Where(resource => resource.Name == name)
            .SelectMany(static resource => resource.Urls)
            .FirstOrDefault(static url => url.Scheme.StartsWith("http", StringComparison.Ordinal));
}
