using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AITrader.Settings.Tests;

/// <summary>What the sources say of types and properties: the XML files that the compiler puts beside the assemblies.</summary>
internal static partial class Summaries
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, XElement>> Files = new(StringComparer.Ordinal);

    public static string Of(Type type) => Of(type, $"T:{type.FullName!.Replace('+', '.')}");

    public static string Of(PropertyInfo property) =>
        Of(property.DeclaringType!, $"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}");

    /// <summary>An instance with its defaults, whoever may make one.</summary>
    public static object Create(Type type) => Activator.CreateInstance(type, nonPublic: true)!;

    private static string Of(Type type, string key)
    {
        var members = Files.GetOrAdd(Path.ChangeExtension(type.Assembly.Location, ".xml"), static file =>
            XDocument
                .Load(file)
                .Descendants("member")
                .ToDictionary(static member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        );
        return members.TryGetValue(key, out var found) && found.Element("summary") is { } summary
            ? Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
            : string.Empty;
    }

    private static string Text(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see =>
                $"`{see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Attribute("langword")?.Value}`",
            XElement element => string.Concat(element.Nodes().Select(Text)),
            XText text => text.Value,
            _ => string.Empty,
        };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
