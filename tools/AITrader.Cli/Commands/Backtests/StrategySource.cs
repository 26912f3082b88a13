using AITrader.Cli.Failures;
using AITrader.Cli.Processes;
using AITrader.Strategies;
using AITrader.Strategies.Documents;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Finds a strategy by what a user typed: an example, a document, an assembly, or a project, which is built first.</summary>
internal sealed class StrategySource
{
    private StrategySource(string name, Func<Strategy> create) => (Name, Create) = (name, create);

    public string Name { get; }

    public Func<Strategy> Create { get; }

    public static async Task<StrategySource> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (ExampleStrategies.All.TryGetValue(text, out var example))
        {
            return new StrategySource(text, example);
        }

        var colon = text.LastIndexOf(':');
        var (path, name) = colon > 1 ? (text[..colon], text[(colon + 1)..]) : (text, null);
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new Refusal(
                $"'{text}' is no example, and there is no such file or folder. Examples: {string.Join(", ", ExampleStrategies.All.Keys.Order(StringComparer.Ordinal))}. `./aitrader new strategy NAME` begins one of your own."
            );
        }

        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return FromDocument(path);
        }

        var assembly = Directory.Exists(path) ? await BuildAsync(path, cancellationToken) : path;
        try
        {
            // Kept until the program ends: the strategy is of it.
            var plugin = StrategyPlugin.Load(assembly);
            var first = plugin.Create(name);
            return new StrategySource(first.GetType().Name, () => plugin.Create(first.GetType().Name));
        }
        catch (StrategyLoadException problem)
        {
            throw new Refusal(problem.Message);
        }
    }

    private static StrategySource FromDocument(string path)
    {
        try
        {
            return new StrategySource(DocumentStrategy.Load(path).Name, () => DocumentStrategy.Load(path));
        }
        catch (StrategyLoadException problem)
        {
            throw new Refusal(problem.Message);
        }
    }

    private static async Task<string> BuildAsync(string folder, CancellationToken cancellationToken)
    {
        var projects = Directory.GetFiles(folder, "*.csproj");
        if (projects.Length != 1)
        {
            throw new Refusal(
                projects.Length == 0
                    ? $"{folder} holds no project. `./aitrader new strategy NAME` makes a folder that does"
                    : $"{folder} holds {projects.Length} projects: name the assembly instead"
            );
        }

        var lines = await DotnetAsync(["build", projects[0], "-c", "Release", "-v", "q", "-nologo", "-getProperty:TargetPath", "-t:Build"]);
        return lines[^1].Trim();

        async Task<List<string>> DotnetAsync(string[] arguments)
        {
            var output = new List<string>();
            var code = await ExternalProgram.RunAsync(
                new ExternalCall("dotnet", arguments, Directory.GetCurrentDirectory()),
                output.Add,
                cancellationToken
            );
            return code == 0 ? output : throw new Refusal($"{folder} does not build:\n{string.Join('\n', output)}");
        }
    }
}
