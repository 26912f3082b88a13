namespace Aspire.Hosting.Kubernetes;

/// <summary>What one resource contributes to values.yaml, and how its templates refer to it.</summary>
internal sealed class HelmValues
{
    public SortedDictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Config { get; } = new(StringComparer.Ordinal);

    /// <summary>Names only: a secret's place in values.yaml is left empty.</summary>
    public SortedSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>A template's expression cannot hold a hyphen.</summary>
    public static string KeyOf(string name) => name.Replace('-', '_');

    public static string Expression(string section, string resource, string key) =>
        $"{{{{ .Values.{section}.{KeyOf(resource)}.{KeyOf(key)} }}}}";

    public static bool IsExpression(string text) => text.Contains("{{ .Values.", StringComparison.Ordinal);

    public static bool HasSecret(string text) => text.Contains("{{ .Values.secrets.", StringComparison.Ordinal);
}
