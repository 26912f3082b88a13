using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost.Topology;

/// <summary>Sets the source of ticks: a replay named on the command line, else the live feed.</summary>
internal static class MarketDataExtensions
{
    private const char FileSeparator = ';';

    public static IResourceBuilder<ProjectResource> WithTickSource(
        this IResourceBuilder<ProjectResource> marketData,
        IConfiguration configuration
    )
    {
        foreach (var folder in configuration.GetSection("Replay:Folders").GetChildren())
        {
            marketData = marketData.WithEnvironment($"Replay__Folders__{folder.Key}", Path.GetFullPath(folder.Value!));
        }

        // Without a replay the feed is on, unless the settings switch it off.
        if (configuration["Replay:Path"] is not { Length: > 0 } path)
        {
            return marketData;
        }

        return marketData
            .WithEnvironment("Feed__Enabled", "false")
            .WithEnvironment(
                "Replay__Path",
                Path.Exists(Path.GetFullPath(path))
                    ? Absolute(path)
                    : string.Join(FileSeparator, path.Split(FileSeparator).Select(Absolute))
            )
            .WithEnvironment("Replay__Speed", configuration["Replay:Speed"] ?? "1")
            .WithEnvironment("Replay__Loop", configuration["Replay:Loop"] ?? "false");
    }

    // A path is relative to whoever typed it, not to the service's folder; anything else may be the name of a data set.
    private static string Absolute(string part) => Path.Exists(Path.GetFullPath(part)) ? Path.GetFullPath(part) : part;
}
