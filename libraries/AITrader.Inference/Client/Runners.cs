using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>A runner: its name and its address.</summary>
internal sealed record Runner(string Name, Uri Address);

/// <summary>The runners of a race, in the order of the attempts.</summary>
internal sealed class Runners(IOptions<ForecastClientOptions> options)
{
    public IReadOnlyList<Runner> InOrder { get; } =
    [
        .. new[] { options.Value.GpuRunner, options.Value.CpuRunner }
            .Where(static address => address.Length > 0)
            .Select(static address => new Uri(address))
            .Select(static address => new Runner(address.Host, address)),
    ];

    public string NameOf(Uri? address) =>
        InOrder.FirstOrDefault(runner => runner.Address.Authority == address?.Authority)?.Name ?? address?.Authority ?? "unknown";
}
