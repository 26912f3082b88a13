using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>Reads a manifest as strictly as an API server: no unknown field, no text where a number belongs and no number where a text
/// belongs.</summary>
/// <remarks>By way of JSON, which keeps the two apart; KubernetesYaml takes either for either.</remarks>
internal static class StrictYaml
{
    private static readonly JsonSerializerOptions Options = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["apps/v1 Deployment"] = typeof(V1Deployment),
        ["apps/v1 StatefulSet"] = typeof(V1StatefulSet),
        ["batch/v1 Job"] = typeof(V1Job),
        ["v1 Service"] = typeof(V1Service),
        ["v1 ConfigMap"] = typeof(V1ConfigMap),
        ["v1 Secret"] = typeof(V1Secret),
        ["v1 PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["autoscaling/v2 HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["networking.k8s.io/v1 NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    /// <exception cref="FormatException">The text is no such manifest; the message says why.</exception>
    public static IKubernetesObject<V1ObjectMeta> Read(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var json = Convert(stream.Documents.Single().RootNode)!;
            var kind = $"{json["apiVersion"]} {json["kind"]}";
            var type = Kinds.GetValueOrDefault(kind) ?? throw new FormatException($"'{kind}' is no kind of this chart.");
            return (IKubernetesObject<V1ObjectMeta>)json.Deserialize(type, Options)!;
        }
        catch (Exception failure) when (failure is JsonException or YamlException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"{failure.Message} {failure.InnerException?.Message}".TrimEnd(), failure);
        }
    }

    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(static child => KeyValuePair.Create(child.Key.ToString(), Convert(child.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Convert(plain.Value),
            _ => JsonValue.Create(((YamlScalarNode)node).Value),
        };

    private static JsonValue? Convert(string? plain) =>
        plain switch
        {
            null or "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(
                whole
            ),
            _ when double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(plain),
        };
}
