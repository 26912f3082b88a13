using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>A manifest as Helm would hand it to the cluster.</summary>
internal sealed record RenderedTemplate(string File, string Text);

/// <summary>A chart on disk, and as much of Helm's templates as it uses: a value in double braces.</summary>
internal sealed partial class HelmChart
{
    // In place of every secret, which the reader of the chart fills in.
    private const string FilledIn = "filledIn0123456789filledIn0123456789";

    private readonly YamlMappingNode _about;
    private readonly YamlMappingNode _values;
    private readonly IReadOnlyList<(string File, string Text)> _templates;

    private HelmChart(YamlMappingNode about, YamlMappingNode values, IReadOnlyList<(string File, string Text)> templates) =>
        (_about, _values, _templates) = (about, values, templates);

    public string Name => _about["name"].ToString();

    public string Version => _about["version"].ToString();

    public IReadOnlyList<string> SecretValues => [.. Leaves(_values["secrets"])];

    /// <summary>Every text of values.yaml, and of the templates as they are.</summary>
    public IEnumerable<string> Texts => Leaves(_values).Concat(_templates.Select(static template => template.Text));

    public static HelmChart Load(string folder)
    {
        var templates = Path.Combine(folder, "templates");
        return new HelmChart(
            Parse(File.ReadAllText(Path.Combine(folder, "Chart.yaml"))),
            Parse(File.ReadAllText(Path.Combine(folder, "values.yaml"))),
            [
                .. Directory
                    .GetFiles(templates, "*.yaml", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Path.GetRelativePath(templates, file), File.ReadAllText(file))),
            ]
        );
    }

    /// <summary>Images by resource, as values.yaml names them.</summary>
    public IReadOnlyDictionary<string, string> Images() =>
        ((YamlMappingNode)_values["parameters"]).Children.ToDictionary(
            static resource => resource.Key.ToString().Replace('_', '-'),
            static resource => ((YamlMappingNode)resource.Value).Children.Single().Value.ToString()
        );

    /// <exception cref="KeyNotFoundException">A template asks for a value that values.yaml lacks.</exception>
    public IReadOnlyList<RenderedTemplate> Render(string release) =>
        [
            .. _templates.Select(template => new RenderedTemplate(
                template.File,
                Expression().Replace(template.Text, match => Value(match.Groups[1].Value, release))
            )),
        ];

    private string Value(string path, string release) =>
        path switch
        {
            ".Chart.Name" => Name,
            ".Release.Name" => release,
            ".Release.Revision" => "1",
            _ when path.StartsWith(".Values.", StringComparison.Ordinal) => Escape(
                ValueOf(path.Split('.', StringSplitOptions.RemoveEmptyEntries)[1..])
            ),
            _ => throw new KeyNotFoundException($"'{path}' is nothing that Helm knows here."),
        };

    private string ValueOf(string[] path)
    {
        YamlNode node = _values;
        foreach (var part in path)
        {
            node =
                node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(part), out var child)
                    ? child
                    : throw new KeyNotFoundException($"values.yaml has no {string.Join('.', path)}.");
        }

        return path[0] == "secrets" ? FilledIn : node.ToString();
    }

    // Expressions stand inside double quotes.
    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static IEnumerable<string> Leaves(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => map.Children.Values.SelectMany(Leaves),
            YamlScalarNode leaf => [leaf.Value ?? string.Empty],
            _ => [],
        };

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"\{\{ (.*?) \}\}")]
    private static partial Regex Expression();
}
