using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Something with a kind. Names and shapes are those of Aspire.Hosting.Kubernetes, as in every file of this project, for the kinds
/// this repository uses.</summary>
public abstract class BaseKubernetesObject
{
    protected BaseKubernetesObject(string? apiVersion = null, string? kind = null) => (ApiVersion, Kind) = (apiVersion, kind);

    [YamlMember(Alias = "apiVersion", Order = -3)]
    public string? ApiVersion { get; set; }

    [YamlMember(Alias = "kind", Order = -2)]
    public string? Kind { get; set; }
}

public abstract class BaseKubernetesResource(string apiVersion, string kind) : BaseKubernetesObject(apiVersion, kind)
{
    [YamlMember(Alias = "metadata", Order = -1)]
    public ObjectMetaV1 Metadata { get; set; } = new();
}

public abstract class Workload(string apiVersion, string kind) : BaseKubernetesResource(apiVersion, kind)
{
    [YamlIgnore]
    public abstract PodTemplateSpecV1 PodTemplate { get; }
}

public sealed class ObjectMetaV1
{
    public string Name { get; set; } = null!;

    public string Namespace { get; set; } = null!;

    public Dictionary<string, string> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; } = [];
}

public sealed class LabelSelectorV1
{
    public LabelSelectorV1() { }

    public LabelSelectorV1(Dictionary<string, string> matchLabels) => MatchLabels = matchLabels;

    public Dictionary<string, string> MatchLabels { get; set; } = [];
}

/// <summary>A port or a percentage: a number, or a text such as a Helm expression.</summary>
public sealed record Int32OrStringV1(int? Number = null, string? Text = null)
{
    public Int32OrStringV1(int value)
        : this(value, null) { }

    public Int32OrStringV1(string? value)
        : this(int.TryParse(value, out var number) ? number : null, int.TryParse(value, out _) ? null : value) { }

    public string? Value => Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Text;

    public static implicit operator Int32OrStringV1(int value) => new(value);

    public static implicit operator Int32OrStringV1?(string? value) => value is null ? null : new(value);

    public override string? ToString() => Value;
}
