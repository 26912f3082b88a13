using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>A runner: the name it is known by and the address it has.</summary>
internal sealed record Runner(string Name, Uri Address);

/// <summary>The runners of a race, in the order of the attempts.</summary>
/// <remarks>
/// Addresses are resolved here, from configuration: routes of a hedging handler replace the address after service
/// discovery has run. A name that configuration does not know stays as it is, for DNS to resolve.
/// </remarks>
internal sealed class Runners
{
    public Runners(IOptions<ForecastClientOptions> options, IConfiguration configuration)
    {
        InOrder = [.. new[] { options.Value.GpuRunner, options.Value.CpuRunner }
            .Where(static address => address.Length > 0)
            .Select(address => Resolve(new Uri(address), configuration))];
    }

    public IReadOnlyList<Runner> InOrder { get; }

    public string NameOf(Uri? address) =>
        InOrder.FirstOrDefault(runner => runner.Address.Authority == address?.Authority)?.Name
        ?? address?.Authority
        ?? "unknown";

    private static Runner Resolve(Uri address, IConfiguration configuration)
    {
        var service = configuration.GetSection($"services:{address.Host}");
        var found = service[$"{address.Scheme}:0"] ?? service["http:0"] ?? service["default:0"];
        return new Runner(address.Host, found is null ? address : new Uri(found));
    }
}
