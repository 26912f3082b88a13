using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;

namespace AITrader.Cli.Gateway;

/// <summary>Where the gateway and the page are, and the operator's key, as the host tells them.</summary>
/// <param name="Gateway">Address of the gateway.</param>
/// <param name="Page">Address of the page; null where it is not part of what runs.</param>
/// <param name="AdminKey">With which sign-in links are made.</param>
internal sealed record GatewayAddress(Uri Gateway, Uri? Page, string AdminKey)
{
    private const string BackendName = "backend";
    private const string PageName = "frontend";
    private const string KeyParameter = "admin-key";

    /// <summary>Null where the gateway does not run.</summary>
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
