using System.Collections;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Settings;

/// <summary>How the live feed of Kite signs in: the same settings, from the same places.</summary>
/// <param name="Address">Root of the REST API; null where it is not set.</param>
/// <param name="ApiKey">App key.</param>
/// <param name="ApiSecret">App secret.</param>
internal sealed record FeedSettings(string? Address, string ApiKey, string ApiSecret)
{
    // The defaults of the feed, which are the mock exchange's published test identity.
    private const string TestKey = "test_api_key";
    private const string TestSecret = "test_api_secret";

    // The host's own section, and the service's: the service's wins.
    private static readonly string[] Sections = ["Feed", $"{SettingsFile.ServicesSection}:market-data:Feed"];

    /// <summary>Reads user secrets, the file of settings and the environment; the later ones win.</summary>
    /// <param name="installation">The repository.</param>
    /// <param name="named">The file of settings, where one is named.</param>
    public static FeedSettings Read(Installation installation, string? named)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(static pair => (string)pair.Key, static pair => (string?)pair.Value);
        var file = SettingsFile.Find(named ?? environment.GetValueOrDefault(SettingsFile.Setting), installation.Root);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, value) in UserSecrets
                .Read(UserSecrets.FileOf(Path.Combine(installation.AppHostFolder, "AITrader.AppHost.csproj")))
                .Concat(file?.Values ?? new Dictionary<string, string?>())
                .Concat(EffectiveSettings.FromEnvironment(environment))
        )
        {
            values[name] = value;
        }

        return new FeedSettings(Of("Address"), Of("ApiKey") ?? TestKey, Of("ApiSecret") ?? TestSecret);

        string? Of(string key) =>
            Sections
                .Select(section => values.GetValueOrDefault($"{section}:{key}"))
                .LastOrDefault(static value => value is { Length: > 0 });
    }
}
