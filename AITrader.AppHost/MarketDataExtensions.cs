using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost;

/// <summary>Where ticks come from: a replay file named on the command line, else the live feed.</summary>
internal static class MarketDataExtensions
{
    public static IResourceBuilder<ProjectResource> WithTickSource(this IResourceBuilder<ProjectResource> marketData, IConfiguration configuration)
    {
        if (configuration["Replay:Path"] is not { Length: > 0 } path)
        {
            return marketData.WithEnvironment("Feed__Enabled", "true");
        }

        // A path is relative to whoever typed it, not to the service's folder; anything else may be the name of a data set.
        var absolute = Path.GetFullPath(path);
        return marketData
            .WithEnvironment("Feed__Enabled", "false")
            .WithEnvironment("Replay__Path", Path.Exists(absolute) ? absolute : path)
            .WithEnvironment("Replay__Speed", configuration["Replay:Speed"] ?? "1");
    }
}
