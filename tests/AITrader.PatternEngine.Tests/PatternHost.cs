using AITrader.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.PatternEngine.Tests;

/// <summary>The service, composed as its program does.</summary>
internal static class PatternHost
{
    public static IHost Build(
        string redis,
        int batch,
        Action<IServiceCollection>? configure = null,
        Dictionary<string, string?>? settings = null
    )
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "AITrader.PatternEngine" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(settings ?? [])
            {
                ["ConnectionStrings:redis"] = redis,
                ["Patterns:MaxBatch"] = $"{batch}",
                ["HostOptions:ShutdownTimeout"] = "00:00:05",
            }
        );
        builder.AddServiceDefaults();
        builder.AddPatternEngine();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder.Services);
        return builder.Build();
    }
}
