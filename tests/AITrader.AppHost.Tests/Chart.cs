using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AITrader.AppHost.Tests;

/// <summary>Publishes once, with the AppHost as a process, and holds what came out.</summary>
public sealed partial class Chart : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-chart-").FullName;
    private readonly Dictionary<(string Resource, string Name), YamlNode> _templates = [];
    private YamlNode? _values;

    internal sealed record Workload(string Resource, YamlNode Root)
    {
        public string Kind => Text(Root, "kind");

        public YamlNode Pod => Root["spec"]["template"]["spec"];

        public YamlNode Container => List(Pod, "containers").Single();
    }

    internal IReadOnlyList<Workload> Workloads =>
    [
        .. _templates.Where(t => t.Key.Name is "deployment" or "statefulset" or "job").Select(t => new Workload(t.Key.Resource, t.Value)),
    ];

    internal IReadOnlyList<(string File, string Text)> Texts { get; private set; } = [];

    internal IEnumerable<string> ConfigValues => Leaves(_values!["config"]);

    internal IEnumerable<string> SecretValues => Leaves(_values!["secrets"]);

    public async ValueTask InitializeAsync()
    {
        string[] arguments = [typeof(Projects.AITrader_AppHost).Assembly.Location, "--operation", "publish", "--step", "publish", "--output-path", _folder];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + errors);

        var templates = Directory.GetFiles(Path.Combine(_folder, "templates"), "*.yaml", SearchOption.AllDirectories);
        foreach (var file in templates)
        {
            _templates[(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileNameWithoutExtension(file))] = Load(file);
        }

        _values = Load(Path.Combine(_folder, "values.yaml"));
        Texts = [.. templates.Select(f => (f, File.ReadAllText(f)))];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal YamlNode? Find(string resource, string name) => _templates.GetValueOrDefault((resource, name));

    internal bool HasValue(string expression)
    {
        var node = _values;
        foreach (var part in expression.Split('.', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(part), out node))
            {
                return false;
            }
        }

        return true;
    }

    internal static IEnumerable<string> Expressions(string text) => Expression().Matches(text).Select(m => m.Groups[1].Value);

    internal static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)Follow(node, path)).Value!;

    internal static IEnumerable<YamlNode> List(YamlNode node, params string[] path) => ((YamlSequenceNode)Follow(node, path)).Children;

    internal static Dictionary<string, string> Map(YamlNode node, params string[] path) =>
        ((YamlMappingNode)Follow(node, path)).Children.ToDictionary(c => c.Key.ToString(), c => c.Value.ToString());

    private static YamlNode Follow(YamlNode node, string[] path) => path.Aggregate(node, (n, key) => n[key]);

    private static IEnumerable<string> Leaves(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Values.SelectMany(Leaves),
        YamlScalarNode leaf => [leaf.Value ?? string.Empty],
        _ => [],
    };

    private static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"\{\{ (\S+) \}\}")]
    private static partial Regex Expression();
}
