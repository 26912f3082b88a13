using System.Collections.Concurrent;

namespace AITrader.TestSupport.Servers;

/// <summary>Whether throw-away servers run in containers or as processes of this machine: <c>AITRADER_TEST_SERVERS</c>.</summary>
public static class TestServers
{
    private const string Setting = "AITRADER_TEST_SERVERS";
    private const string Auto = "auto";
    private const string Containers = "containers";
    private const string Processes = "processes";

    private const string EngineSetting = "AITRADER_TEST_DOCKER_HOST";

    private static readonly ConcurrentDictionary<string, Lazy<Task<ContainerEngine?>>> Chosen = new(StringComparer.Ordinal);
    private static readonly Lazy<Task<ContainerEngine>> Machine = new(static () => ContainerEngine.FindAsync());
    private static readonly Lazy<Task<ContainerEngine>> Named = new(static () => ContainerEngine.FindAsync(NamedEngine()));

    /// <summary>The engine that runs servers of an image, chosen once for each; null where they are processes.</summary>
    public static Task<ContainerEngine?> EngineForAsync(string image) =>
        Chosen
            .GetOrAdd(image, static key => new Lazy<Task<ContainerEngine?>>(() =>
                ChooseAsync(key, Environment.GetEnvironmentVariable(Setting))
            ))
            .Value;

    /// <summary>What a value of the variable says for an image.</summary>
    public static Task<ContainerEngine?> ChooseAsync(string image, string? setting) =>
        setting switch
        {
            null or "" or Auto => PreferAsync(image),
            Containers => RequireAsync(image),
            Processes => Task.FromResult<ContainerEngine?>(null),
            _ => throw new InvalidOperationException($"{Setting} is '{setting}'; it can be {Auto}, {Containers} or {Processes}."),
        };

    // The engine that AITRADER_TEST_DOCKER_HOST names is for tests of containers: it may be slow, and need not be this machine's.
    private static async Task<ContainerEngine?> PreferAsync(string image)
    {
        var reason = "the container engine cannot get that image";
        try
        {
            var engine = await Machine.Value;
            if (await engine.HasImageAsync(image))
            {
                return engine;
            }
        }
        catch (InvalidOperationException none)
        {
            reason = none.Message;
        }

        await Console.Error.WriteLineAsync($"{image} runs as a process: {reason} ({Setting}={Auto})");
        return null;
    }

    private static async Task<ContainerEngine?> RequireAsync(string image)
    {
        var engine = await Named.Value;
        return await engine.HasImageAsync(image)
            ? engine
            : throw new InvalidOperationException($"{Setting} is {Containers}, and the engine cannot get {image}.");
    }

    private static Uri? NamedEngine() => Environment.GetEnvironmentVariable(EngineSetting) is { Length: > 0 } host ? new Uri(host) : null;
}
