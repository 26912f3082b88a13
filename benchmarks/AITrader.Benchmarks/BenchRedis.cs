using System.Diagnostics;
using System.Globalization;
using AITrader.Messaging.Hosting;
using AITrader.TestSupport;
using Microsoft.Extensions.Hosting;

namespace AITrader.Benchmarks;

/// <summary>A redis-server of the benchmark's own with AOF, one fsync a second, in a folder that goes with it.</summary>
internal sealed class BenchRedis : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-bench-").FullName;
    private readonly Process _process;

    public BenchRedis()
    {
        Port = FreePort.Find();
        _process = Process.Start(
            new ProcessStartInfo(
                "redis-server",
                [
                    "--port",
                    PortText,
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    _folder,
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    "everysec",
                    "--save",
                    string.Empty,
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{PortText}";

    private string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A host that speaks to it.</summary>
    public IHost Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ConnectionStrings:redis"] = ConnectionString;
        builder.AddMessaging();
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
