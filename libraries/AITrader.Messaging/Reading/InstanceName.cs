using System.Globalization;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AITrader.Messaging.Reading;

/// <summary>The name of this process among the consumers: resource, machine, and a number that no other instance on the machine
/// has.</summary>
/// <remarks>The number is reserved by a file lock, which the operating system releases however the process ends. The next process takes the
/// same number, and with it the pending entries.</remarks>
internal sealed class InstanceName : IDisposable
{
    private const int MaxInstances = 1000;

    private readonly FileStream? _lock;

    public InstanceName(RedisBus bus, RedisEndpointName endpoint, IHostEnvironment environment, IConfiguration configuration)
    {
        // The variable in which Aspire and OpenTelemetry pass the resource name; two instances of a project may be two resources.
        Service = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : environment.ApplicationName;
        if (bus.Options.Instance is { Length: > 0 } given)
        {
            Value = given;
            return;
        }

        (_lock, var ordinal) = Acquire($"{Service}-{endpoint.Value}");
        Value = string.Create(CultureInfo.InvariantCulture, $"{Service}.{Environment.MachineName}.{ordinal}");
    }

    /// <summary>Name of the resource.</summary>
    public string Service { get; }

    public string Value { get; }

    public void Dispose() => _lock?.Dispose();

    private static (FileStream Lock, int Ordinal) Acquire(string scope)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"aitrader-{Environment.UserName}");
        Directory.CreateDirectory(folder);
        var file = string.Concat(scope.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        for (var ordinal = 0; ordinal < MaxInstances; ordinal++)
        {
            try
            {
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{file}.{ordinal}.lock"));
                return (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), ordinal);
            }
            catch (IOException)
            {
                // Another instance holds it.
            }
        }

        throw new InvalidOperationException(
            $"{MaxInstances} instances of {scope} run on this machine already; set {StreamsOptions.Section}:{nameof(StreamsOptions.Instance)}."
        );
    }
}
