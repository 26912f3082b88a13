using AITrader.Cli.Hosting.Wire;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Settings;

/// <summary>Merges all sources of settings by their precedence.</summary>
internal static class EffectiveSettings
{
    private const string Mask = "(secret)";

    private static readonly string[] SecretEnds = ["password", "key", "secret", "token", "code"];

    /// <summary>The settings of several sources, in the order of their names; secrets are masked.</summary>
    public static IReadOnlyList<EffectiveSetting> From(
        IReadOnlyDictionary<SettingOrigin, IEnumerable<KeyValuePair<string, string?>>> sources
    )
    {
        var found = new SortedDictionary<string, EffectiveSetting>(StringComparer.OrdinalIgnoreCase);
        foreach (var (origin, values) in sources.OrderBy(static source => source.Key))
        {
            foreach (var (name, value) in values.Where(static pair => pair.Value is not null))
            {
                found[name] = new EffectiveSetting(found.GetValueOrDefault(name)?.Name ?? name, IsSecret(name) ? Mask : value!, origin);
            }
        }

        return [.. found.Values];
    }

    /// <summary>The settings with the values that running services were started with, where these differ.</summary>
    public static IReadOnlyList<EffectiveSetting> AsRunning(IReadOnlyList<EffectiveSetting> settings, IReadOnlyList<Resource> resources) =>
        [
            .. settings.Select(setting =>
                StartedWith(setting.Name, resources) is { } value && !IsSecret(setting.Name) && value != setting.Value
                    ? setting with
                    {
                        Value = value,
                        Origin = SettingOrigin.Host,
                    }
                    : setting
            ),
        ];

    private static string? StartedWith(string name, IReadOnlyList<Resource> resources) =>
        name.Split(':', 3) is [SettingsFile.ServicesSection, var service, var key]
            ? resources
                .FirstOrDefault(resource => resource.DisplayName == service)
                ?.Environment.FirstOrDefault(variable =>
                    variable.IsFromSpec
                    && string.Equals(variable.Name, key.Replace(":", "__", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
                )
                ?.Value
            : null;

    /// <summary>The environment variables that the host would read as settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> FromEnvironment(IEnumerable<KeyValuePair<string, string?>> environment) =>
        environment
            .Select(static variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value))
            .Where(static setting => IsKnown(setting.Key) || setting.Key is HomeFolder.Setting or SettingsFile.Setting);

    /// <summary>The settings of a command line: <c>--Name=value</c> or <c>--Name value</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> FromArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].TrimStart('-', '/');
            if (name.Split('=', 2) is [var key, var value])
            {
                yield return KeyValuePair.Create(key, (string?)value);
            }
            else if (arguments[i].StartsWith('-') && i + 1 < arguments.Count)
            {
                yield return KeyValuePair.Create(name, (string?)arguments[++i]);
            }
        }
    }

    /// <summary>Whether the value under this name is secret.</summary>
    public static bool IsSecret(string name) =>
        name.StartsWith("Parameters:", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase)
        || SecretEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static bool IsKnown(string name) =>
        name.Contains(':', StringComparison.Ordinal)
        && SettingsFile.Sections.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase);
}
