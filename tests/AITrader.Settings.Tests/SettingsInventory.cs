namespace AITrader.Settings.Tests;

/// <summary>What a service takes from configuration.</summary>
internal sealed record ServiceSettings(Service Service, IReadOnlyList<OptionsSection> Sections);

/// <summary>All settings of all services. Read once.</summary>
internal static class SettingsInventory
{
    private static readonly Lazy<IReadOnlyList<ServiceProgram>> Loaded = new(static () =>
        [.. Service.All.Select(static service => new ServiceProgram(service))]
    );

    public static IReadOnlyList<ServiceSettings> Services { get; } =
    [
        .. Service
            .All.Zip(Loaded.Value)
            .Select(static pair => new ServiceSettings(
                pair.First,
                [
                    .. pair
                        .Second.Options.Select(type => OptionsSection.Read(type, pair.Second.Registrations))
                        .OrderBy(static section => section.Section, StringComparer.Ordinal),
                ]
            )),
    ];

    /// <summary>Classes that say of which section they are, by name.</summary>
    public static IReadOnlyList<string> Candidates { get; } =
    [
        .. Loaded
            .Value.SelectMany(static program => program.Candidates)
            .Select(static type => type.FullName!)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a section is the same of several services: it is a library's.</summary>
    public static bool IsShared(OptionsSection section) =>
        Services.Count(service => service.Sections.Any(found => found.Type.FullName == section.Type.FullName)) > 1;
}
