using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace AITrader.Hosting.Home;

/// <summary>The one file of settings: JSON with comments, of the host's own sections and, below <c>Services:{name}</c>, of each
/// service's.</summary>
/// <remarks>The environment and the command line win over it.</remarks>
public sealed class SettingsFile
{
    /// <summary>The environment variable that names another file; the command line's <c>--settings</c> sets it.</summary>
    public const string Setting = "AITRADER_SETTINGS";

    /// <summary>The name of the default file in the repository, which need not exist.</summary>
    public const string DefaultName = "aitrader.json";

    /// <summary>The section whose children are services.</summary>
    public const string ServicesSection = "Services";

    /// <summary>The sections that the host knows; another one is refused, as it would be a misspelt one.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [
        ServicesSection,
        "Feed",
        "Inference",
        "Kubernetes",
        "LocalServers",
        "Logging",
        "Market",
        "Parameters",
        "Patterns",
        "Ports",
        "Redis",
        "Replay",
        "Replicas",
        "SentimentItems",
    ];

    private SettingsFile(string path, IReadOnlyDictionary<string, string?> values) => (Path, Values) = (path, values);

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The settings by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; }

    /// <summary>Reads the file that a setting names, or the repository's own; null where none is named and there is none.</summary>
    /// <param name="named">What <see cref="Setting" /> says; a relative path counts from the current folder.</param>
    /// <param name="repository">The repository's root.</param>
    /// <exception cref="SettingsFileException">The named file is absent, or what is there is no JSON.</exception>
    public static SettingsFile? Find(string? named, string repository)
    {
        if (named is { Length: > 0 })
        {
            return Read(System.IO.Path.GetFullPath(named));
        }

        var own = System.IO.Path.Combine(repository, DefaultName);
        return File.Exists(own) ? Read(own) : null;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="SettingsFileException">It is absent, or no JSON; the text says where.</exception>
    public static SettingsFile Read(string path) =>
        File.Exists(path) ? Parse(path, File.ReadAllText(path)) : throw new SettingsFileException($"There is no settings file {path}.");

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Where it is from, for messages.</param>
    /// <param name="text">JSON; comments and commas at ends are allowed.</param>
    /// <exception cref="SettingsFileException">It is no JSON; the text says where.</exception>
    public static SettingsFile Parse(string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        try
        {
            using var root = new ConfigurationRoot([
                new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = content }),
            ]);
            return new SettingsFile(path, root.AsEnumerable().Where(static pair => pair.Value is not null).ToSortedDictionary());
        }
        catch (FormatException unreadable)
        {
            throw new SettingsFileException($"{path} is no settings file: {Innermost(unreadable).Message}", unreadable);
        }
        catch (JsonException unreadable)
        {
            throw new SettingsFileException($"{path} is no settings file: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The file as a configuration source.</summary>
    public IConfigurationSource ToSource() =>
        new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Values };

    private static Exception Innermost(Exception outer) => outer.InnerException is { } inner ? Innermost(inner) : outer;
}
