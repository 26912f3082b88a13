using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>A runner: its name and its address.</summary>
internal sealed record Runner(string Name, Uri Address);

/// <summary>The runners of a race, in the order of the attempts.</summary>
/// <remarks>A runner is called as its host; two on one host also by their ports, or nobody could tell them apart.</remarks>
internal sealed class Runners(IOptions<ForecastClientOptions> options)
{
    public IReadOnlyList<Runner> InOrder { get; } =
        Named([
            .. new[] { options.Value.GpuRunner, options.Value.CpuRunner }
                .Where(static address => address.Length > 0)
                .Select(static address => new Uri(address)),
        ]);

    public Runner? Find(string name) => InOrder.FirstOrDefault(runner => runner.Name == name);

    public string NameOf(Uri? address) =>
        InOrder.FirstOrDefault(runner => runner.Address.Authority == address?.Authority)?.Name ?? address?.Authority ?? "unknown";

    private static Runner[] Named(Uri[] addresses) =>
        [
            .. addresses.Select(address => new Runner(
                addresses.Count(other => other.Host == address.Host) > 1 ? address.Authority : address.Host,
                address
            )),
        ];
}
