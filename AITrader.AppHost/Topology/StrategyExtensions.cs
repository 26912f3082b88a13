using AITrader.AppHost.Naming;

namespace AITrader.AppHost.Topology;

/// <summary>Shows the strategy engine where users' strategies are.</summary>
internal static class StrategyExtensions
{
    private const string Folder = "strategies";
    private const string Broker = $"Services:{ResourceNames.ExecutionEngine}:Execution:Broker";

    /// <summary>On this machine, the folder of the repository; an image finds its own below where it starts.</summary>
    public static IResourceBuilder<ProjectResource> WithStrategies(this IResourceBuilder<ProjectResource> engine)
    {
        var builder = engine.ApplicationBuilder;
        return builder.ExecutionContext.IsRunMode && builder.Configuration[$"Services:{engine.Resource.Name}:Strategies:Folder"] is null
            ? engine.WithEnvironment("Strategies__Folder", Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", Folder)))
            : engine;
    }

    /// <summary>Tells what the live account is, by where the execution engine executes: orders of paper strategies never go to a broker's,
    /// whatever the strategy engine's own settings say of it.</summary>
    public static IResourceBuilder<ProjectResource> WithLiveAccount(this IResourceBuilder<ProjectResource> engine)
    {
        var settings = engine.ApplicationBuilder.Configuration;
        var isSimulated = settings[Broker] is null or "" or "simulator";
        return isSimulated && settings[$"Services:{engine.Resource.Name}:Strategies:LiveAccount"] is not null
            ? engine
            : engine.WithEnvironment("Strategies__LiveAccount", isSimulated ? "paper" : "broker");
    }
}
