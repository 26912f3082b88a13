using System.Text.RegularExpressions;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Settings;

/// <summary>Every setting of every service with its default, as <c>aitrader.settings.sample.json</c> has them.</summary>
internal sealed partial class KnownSettings
{
    /// <summary>The sample's name in the repository.</summary>
    public const string FileName = "aitrader.settings.sample.json";

    // Services also take these. .NET reads the first two; the names in the last are the user's own.
    private static readonly string[] FreeSections = ["Logging", "Kestrel", "Patterns"];

    private readonly SortedDictionary<string, string?> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _sections = new(StringComparer.OrdinalIgnoreCase);

    private KnownSettings(IEnumerable<KeyValuePair<string, string?>> defaults)
    {
        foreach (var (name, value) in defaults)
        {
            _defaults[name] = value;
            _sections.Add(SectionOf(name.Split(':')));
        }
    }

    /// <summary>Names and defaults; empty where a setting has none.</summary>
    public IReadOnlyDictionary<string, string?> Defaults => _defaults;

    /// <summary>Reads the sample of the repository; where that is absent, no setting is known.</summary>
    public static KnownSettings Read(Installation installation) =>
        File.Exists(installation.In(FileName)) ? Parse(File.ReadAllText(installation.In(FileName))) : new KnownSettings([]);

    /// <summary>Reads a sample: each setting is a comment that becomes JSON when <c>//= </c> is taken away.</summary>
    public static KnownSettings Parse(string text) =>
        new(
            SettingsFile
                .Parse(FileName, NullDefault().Replace(text.Replace("//= ", string.Empty, StringComparison.Ordinal), "$1\"\""))
                .Values
        );

    /// <summary>The names of service settings that no service reads; most likely they are misspelt.</summary>
    public IEnumerable<string> UnknownAmong(IEnumerable<string> names) =>
        _defaults.Count == 0
            ? []
            : names.Where(name =>
                name.StartsWith($"{SettingsFile.ServicesSection}:", StringComparison.OrdinalIgnoreCase) && !IsKnown(name, name.Split(':'))
            );

    private bool IsKnown(string name, string[] parts)
    {
        const int SectionPart = 2;
        if (parts.Length <= SectionPart || FreeSections.Contains(parts[SectionPart], StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // Lists have numbers in their names, of which the sample shows none.
        return _sections.Contains(SectionOf(parts))
            && (_defaults.ContainsKey(name) || parts.Any(static part => part.Length > 0 && part.All(char.IsAsciiDigit)));
    }

    private static string SectionOf(string[] parts) => string.Join(':', parts.Take(3));

    [GeneratedRegex("(\"[^\"]+\": )null(?=,)")]
    private static partial Regex NullDefault();
}
