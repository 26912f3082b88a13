using System.Text.RegularExpressions;
using AITrader.AppHost.Naming;
using AITrader.TestSupport;

namespace AITrader.AppHost.Tests;

/// <summary>The sources of the services, read for the names of others that they look up.</summary>
internal static partial class Sources
{
    // Calls that look a name up elsewhere.
    private static readonly Dictionary<string, string[]> Calls = new(StringComparer.Ordinal)
    {
        ["AddMessaging("] = [ResourceNames.Redis],
        ["AddStorage("] = [ResourceNames.Database],
        ["AddForecastClient("] = NamesInFile("libraries/AITrader.Inference/Client/ForecastClientOptions.cs"),
        ["KiteVenue.Definition"] = NamesInFile("libraries/AITrader.Venues/Kite/Live/KiteVenue.cs"),
    };

    // Reached by connection string.
    private static readonly string[] Stores = [ResourceNames.Redis, ResourceNames.Postgres, ResourceNames.Database];

    /// <summary>What a resource resolves: connection strings and services, by name.</summary>
    public static IReadOnlyList<string> UsedBy(string resource)
    {
        var texts = FilesOf(resource).Select(File.ReadAllText).ToList();
        var called = Calls
            .Where(call => texts.Exists(text => text.Contains(call.Key, StringComparison.Ordinal)))
            .SelectMany(static call => call.Value);
        return [.. called.Concat(texts.SelectMany(NamesIn)).Where(name => name != resource).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> FilesOf(string resource)
    {
        if (resource == ResourceNames.Frontend)
        {
            return [Path.Combine(SharedData.RepositoryRoot, "frontend", "vite.config.ts")];
        }

        // backend-alt is another backend; onnx-runner is AITrader.OnnxRunner.
        var name = (resource == ResourceNames.BackendAlt ? ResourceNames.Backend : resource).Replace(
            "-",
            string.Empty,
            StringComparison.Ordinal
        );
        var folder = Directory
            .GetDirectories(Path.Combine(SharedData.RepositoryRoot, "services"))
            .Single(path => string.Equals(Path.GetFileName(path), $"AITrader.{name}", StringComparison.OrdinalIgnoreCase));
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);
    }

    private static string[] NamesInFile(string path) => NamesIn(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, path)));

    // http://name, services:name, services__name__, and where a file puts a variable there, every name of a service among its texts.
    private static string[] NamesIn(string text)
    {
        var direct = Direct().Matches(text).Select(static match => match.Groups["name"].Value);
        var listed = Composed().IsMatch(text)
            ? Literal().Matches(text).Select(static match => match.Groups["name"].Value).Except(Stores)
            : [];
        return [.. direct.Concat(listed).Where(IsResource)];
    }

    private static bool IsResource(string name) =>
        typeof(ResourceNames).GetFields().Any(field => (string?)field.GetValue(obj: null) == name);

    [GeneratedRegex("(://|services:|services__)(?<name>[a-z]+(-[a-z]+)*)")]
    private static partial Regex Direct();

    [GeneratedRegex(@"(://|services:)\{")]
    private static partial Regex Composed();

    [GeneratedRegex("\"(?<name>[a-z]+(-[a-z]+)*)\"")]
    private static partial Regex Literal();
}
