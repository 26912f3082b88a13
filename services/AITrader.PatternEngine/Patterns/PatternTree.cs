using System.Globalization;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.PatternEngine.Patterns;

/// <summary>One value below Defaults or Symbols.</summary>
/// <param name="Key">The whole key below the section.</param>
/// <param name="Symbol">Symbol it is for; null for all.</param>
/// <param name="Pattern">Name of the pattern.</param>
/// <param name="Parameter">Name of the parameter, or Enabled.</param>
/// <param name="Text">What is set.</param>
internal sealed record PatternSetting(string Key, string? Symbol, string Pattern, string Parameter, string Text);

/// <summary>The part of the settings that follows the registry: which patterns run, and their parameters for all symbols or for
/// one.</summary>
internal sealed class PatternTree(IReadOnlyList<string> enabled, IReadOnlyList<PatternSetting> settings, IReadOnlyList<string> unknown)
{
    private const string EnabledKey = "Enabled";
    private const string DefaultsKey = "Defaults";
    private const string SymbolsKey = "Symbols";

    private static readonly string[] Known = [.. PatternOptions.Keys, EnabledKey, DefaultsKey, SymbolsKey];

    public static PatternTree Empty { get; } = new([], [], []);

    /// <summary>Symbols that have values of their own.</summary>
    public IEnumerable<string> Symbols =>
        settings.Select(static setting => setting.Symbol).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Reads <c>Enabled</c> (a list, or one text with commas), <c>Defaults:{pattern}:{parameter}</c> and
    /// <c>Symbols:{symbol}:{pattern}:{parameter}</c>.</summary>
    public static PatternTree Read(IConfigurationSection section)
    {
        var list = section.GetSection(EnabledKey);
        var enabled = new[] { list.Value }
            .Concat(list.GetChildren().Select(static child => child.Value))
            .SelectMany(static text =>
                (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            );
        return new PatternTree(
            [.. enabled],
            [.. Leaves(section.GetSection(DefaultsKey)), .. Leaves(section.GetSection(SymbolsKey))],
            [.. Unknown(section)]
        );
    }

    /// <summary>The first key that nothing reads, as <c>key: problem</c>: a misspelt one must not be a default in silence. Null where there
    /// is none.</summary>
    public string? FindUnknown() =>
        unknown switch
        {
            [] => null,
            [var key, ..] when key.StartsWith(nameof(PatternOptions.Overrides), StringComparison.OrdinalIgnoreCase) =>
                $"{key}: no such setting{NameHint.Of(key.Split(':')[^1], SymbolPatternValues.Keys)}",
            [var key, ..] => $"{key}: no such setting{NameHint.Of(key, Known)}",
        };

    /// <summary>The first thing wrong, as <c>key: problem</c>; null where all is well.</summary>
    public string? FindProblem()
    {
        if (!PatternSelection.TryCreate(PatternCatalogue.BuiltIn, enabled, out _, out var problem))
        {
            return $"{EnabledKey}: {problem}";
        }

        return settings.Select(FindProblem).FirstOrDefault(static found => found is not null);
    }

    /// <summary>The given parameters with the values for all symbols, or those of one, put over them.</summary>
    public PatternParameters Apply(PatternParameters given, string? symbol)
    {
        if (symbol is null && enabled.Count > 0)
        {
            given = given with { Enabled = PatternSelection.Of(enabled) };
        }

        return settings.Where(setting => setting.Symbol == symbol).Aggregate(given, Apply);
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section)
    {
        var own = section
            .GetSection(nameof(PatternOptions.Overrides))
            .GetChildren()
            .SelectMany(static item =>
                item.GetChildren()
                    .Where(static child => !SymbolPatternValues.Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                    .Select(child => $"{nameof(PatternOptions.Overrides)}:{item.Key}:{child.Key}")
            );
        return section
            .GetChildren()
            .Select(static child => child.Key)
            .Where(key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Concat(own);
    }

    private static PatternParameters Apply(PatternParameters given, PatternSetting setting)
    {
        var pattern = PatternCatalogue.BuiltIn.Find(setting.Pattern);
        return setting.Parameter == EnabledKey
            ? given with
            {
                Enabled = given.Enabled.With(pattern, bool.Parse(setting.Text)),
            }
            : given.With(pattern, setting.Parameter, Number(setting.Text) ?? throw new FormatException(setting.Key));
    }

    private static string? FindProblem(PatternSetting setting)
    {
        if (PatternCatalogue.BuiltIn.Find(setting.Pattern) is not (>= 0 and var pattern))
        {
            return $"{setting.Key}: '{setting.Pattern}' is no pattern{NameHint.Of(setting.Pattern, PatternCatalogue.BuiltIn.Names)}";
        }

        var definition = PatternCatalogue.BuiltIn.All[pattern];
        if (setting.Parameter == EnabledKey)
        {
            return !bool.TryParse(setting.Text, out var runs) ? $"{setting.Key}: '{setting.Text}' is neither true nor false"
                : runs && definition.IsNeutral ? $"{setting.Key}: {definition.Name} points nowhere, so that it can give no signal"
                : null;
        }

        if (definition.Find(setting.Parameter) is not (>= 0 and var place))
        {
            return $"{setting.Key}: {definition.Name} has no parameter '{setting.Parameter}', only {string.Join(", ", definition.Parameters.Select(static known => known.Name))}";
        }

        var problem = Number(setting.Text) is { } value
            ? definition.Parameters[place].FindProblem(value)
            : $"'{setting.Text}' is no number";
        return problem is null ? null : $"{setting.Key}: {problem}";
    }

    // Durations may be written as 00:00:05 or as seconds.
    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.TotalSeconds
        : null;

    private static IEnumerable<PatternSetting> Leaves(IConfigurationSection section) =>
        section
            .AsEnumerable(makePathsRelative: true)
            .Where(static pair => pair.Value is not null)
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Read(section.Key, pair.Key, pair.Value!));

    // A symbol may hold colons, as NSE:INFY does, so the key is read from its end.
    private static PatternSetting Read(string root, string key, string text)
    {
        var parts = key.Split(':');
        return new PatternSetting(
            $"{root}:{key}",
            root == SymbolsKey ? string.Join(':', parts[..^Math.Min(2, parts.Length)]) : null,
            string.Join(':', parts[(root == SymbolsKey ? Math.Max(0, parts.Length - 2) : 0)..^1]),
            Canonical(parts[^1]),
            text
        );
    }

    private static string Canonical(string parameter) =>
        parameter.Equals(EnabledKey, StringComparison.OrdinalIgnoreCase) ? EnabledKey : parameter;
}
