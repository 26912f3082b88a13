namespace AITrader.AppHost.Topology;

/// <summary>Shows the strategy engine where users' strategies are.</summary>
internal static class StrategyExtensions
{
    private const string Folder = "strategies";

    /// <summary>On this machine, the folder of the repository; an image finds its own below where it starts.</summary>
    public static IResourceBuilder<ProjectResource> WithStrategies(this IResourceBuilder<ProjectResource> engine)
    {
        var builder = engine.ApplicationBuilder;
        return builder.ExecutionContext.IsRunMode && builder.Configuration[$"Services:{engine.Resource.Name}:Strategies:Folder"] is null
            ? engine.WithEnvironment("Strategies__Folder", Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", Folder)))
            : engine;
    }
}
