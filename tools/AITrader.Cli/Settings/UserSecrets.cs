using System.Text.Json;
using System.Xml.Linq;

namespace AITrader.Cli.Settings;

/// <summary>The user secrets of the AppHost: where Aspire keeps passwords and keys that it generated.</summary>
internal static class UserSecrets
{
    /// <summary>The file of the secrets, which .NET keeps outside of the repository, for its owner only.</summary>
    public static string FileOf(string project)
    {
        var id = XDocument.Load(project).Descendants("UserSecretsId").Single().Value;
        var home = Environment.GetFolderPath(
            OperatingSystem.IsWindows() ? Environment.SpecialFolder.ApplicationData : Environment.SpecialFolder.UserProfile
        );
        return OperatingSystem.IsWindows()
            ? Path.Combine(home, "Microsoft", "UserSecrets", id, "secrets.json")
            : Path.Combine(home, ".microsoft", "usersecrets", id, "secrets.json");
    }

    /// <summary>Reads the secrets of a file; an absent one has none.</summary>
    public static IReadOnlyDictionary<string, string?> Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllText(file)) ?? [] : [];
}
