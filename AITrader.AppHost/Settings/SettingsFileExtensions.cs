using AITrader.AppHost.Home;
using AITrader.Hosting.Home;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace AITrader.AppHost.Settings;

/// <summary>Reads the settings file into the host's configuration, and passes the sections of services on as environment.</summary>
internal static class SettingsFileExtensions
{
    /// <summary>Reads the settings file; the environment and the command line override it.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be read, or names a section that nobody has.</exception>
    public static void AddSettingsFile(this IDistributedApplicationBuilder builder)
    {
        try
        {
            if (SettingsFile.Find(builder.Configuration[SettingsFile.Setting], builder.Repository()) is { } file)
            {
                RefuseUnknown(file, "section", file.Values.Keys.Select(static key => key.Split(':')[0]), SettingsFile.Sections);
                var sources = builder.Configuration.Sources;
                var behindFiles = sources.Index().Last(static source => source.Item is JsonConfigurationSource).Index + 1;
                sources.Insert(behindFiles, file.ToSource());
            }
        }
        catch (SettingsFileException refusal)
        {
            throw new DistributedApplicationException(refusal.Message, refusal);
        }
    }

    /// <summary>Refuses settings of services and replicas that do not exist; called when all are added.</summary>
    /// <exception cref="DistributedApplicationException">One is unknown; the text lists those that are known.</exception>
    public static void RefuseUnknownServices(this IDistributedApplicationBuilder builder)
    {
        var services = builder
            .Resources.Where(static resource => resource.HasAnnotationOfType<OwnSettingsAnnotation>())
            .Select(static resource => resource.Name)
            .ToList();
        foreach (var section in (ReadOnlySpan<string>)[SettingsFile.ServicesSection, "Replicas"])
        {
            RefuseUnknown(
                "service",
                builder.Configuration.GetSection(section).GetChildren().Select(static child => child.Key),
                services,
                $"{section}:"
            );
        }
    }

    /// <summary>Gives a service what <c>Services:{name}</c> says; what the host itself sets afterwards wins.</summary>
    public static IResourceBuilder<T> WithOwnSettings<T>(this IResourceBuilder<T> service)
        where T : IResourceWithEnvironment
    {
        var section = service.ApplicationBuilder.Configuration.GetSection($"{SettingsFile.ServicesSection}:{service.Resource.Name}");
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return service.WithAnnotation(new OwnSettingsAnnotation());
    }

    private static void RefuseUnknown(SettingsFile file, string kind, IEnumerable<string> found, IReadOnlyCollection<string> known) =>
        RefuseUnknown(kind, found, known, $"{file.Path}: ");

    private static void RefuseUnknown(string kind, IEnumerable<string> found, IReadOnlyCollection<string> known, string where)
    {
        if (found.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new DistributedApplicationException(
                $"{where}{unknown} is no {kind}. There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."
            );
        }
    }
}
