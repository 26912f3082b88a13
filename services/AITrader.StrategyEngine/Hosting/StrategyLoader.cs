using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Strategies;
using AITrader.Strategies.Documents;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Loading;
using AITrader.Strategies.Options;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>A strategy that was not started yet.</summary>
/// <param name="Strategy">The strategy, with its options set.</param>
/// <param name="Version">Follows from its code and its options.</param>
/// <param name="Copy">The copy that its code was loaded from; null where it needs none.</param>
internal sealed record LoadedStrategy(Strategy Strategy, string Version, PluginCopy? Copy);

/// <summary>Loads strategies from where settings say.</summary>
internal sealed class StrategyLoader(IOptions<HostingOptions> options)
{
    private const string Example = "example:";
    private const int VersionDigits = 12;

    /// <summary>A new strategy.</summary>
    /// <exception cref="StrategyLoadException">It cannot be loaded; the message says why.</exception>
    public LoadedStrategy Load(HostedStrategyOptions hosted)
    {
        var (strategy, code, copy) = Find(hosted);
        try
        {
            foreach (var option in hosted.Options)
            {
                var at = option.IndexOf('=', StringComparison.Ordinal);
                var problem =
                    at > 0
                        ? StrategyOptions.TrySet(strategy, option[..at].Trim(), option[(at + 1)..].Trim())
                        : $"'{option}' is not NAME=VALUE";
                if (problem is not null)
                {
                    throw new StrategyLoadException(problem);
                }
            }
        }
        catch
        {
            copy?.Dispose();
            throw;
        }

        return new LoadedStrategy(strategy, VersionOf(code, hosted), copy);
    }

    /// <summary>What changes when the files change; null where there are none to look at.</summary>
    public string? StampOf(HostedStrategyOptions hosted)
    {
        if (hosted.Source.StartsWith(Example, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var file = new FileInfo(PathOf(hosted));
            return file.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{file.FullName}/{file.LastWriteTimeUtc.Ticks}/{file.Length}")
                : string.Empty;
        }
        catch (Exception away) when (away is StrategyLoadException or IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private (Strategy Strategy, string Code, PluginCopy? Copy) Find(HostedStrategyOptions hosted)
    {
        if (hosted.Source.StartsWith(Example, StringComparison.Ordinal))
        {
            var name = hosted.Source[Example.Length..];
            return ExampleStrategies.All.TryGetValue(name, out var create)
                ? (create(), CodeOf(create().GetType()), null)
                : throw new StrategyLoadException(
                    $"there is no example {name}; there are {string.Join(", ", ExampleStrategies.All.Keys.Order(StringComparer.Ordinal))}"
                );
        }

        var path = PathOf(hosted);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var document = DocumentStrategy.Load(path);
            return (document, document.Text, null);
        }

        var copy = PluginCopy.Of(path);
        try
        {
            var strategy = copy.Plugin.Create(hosted.Class);
            return (strategy, CodeOf(strategy.GetType()), copy);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private string PathOf(HostedStrategyOptions hosted)
    {
        var path = Path.Combine(options.Value.Folder, hosted.Source);
        return Directory.Exists(path) ? OutputOf(path) : path;
    }

    // A project's folder: the newest output that was built of it.
    private static string OutputOf(string folder)
    {
        if (Directory.GetFiles(folder, "*.csproj") is not [var project])
        {
            throw new StrategyLoadException($"{folder} does not hold one project; `./aitrader new strategy NAME` makes a folder that does");
        }

        var (name, bin) = (Path.GetFileNameWithoutExtension(project), Path.Combine(folder, "bin"));
        var outputs = Directory.Exists(bin) ? Directory.GetFiles(bin, $"{name}.dll", SearchOption.AllDirectories) : [];
        return outputs.Where(static output => File.Exists(Path.ChangeExtension(output, ".deps.json"))).MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new StrategyLoadException($"{folder} was not built: run `dotnet build {folder} -c Release`");
    }

    private static string CodeOf(Type type) => type.Module.ModuleVersionId.ToString("N");

    private static string VersionOf(string code, HostedStrategyOptions hosted) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{code}/{hosted.Class}/{string.Join(';', hosted.Options)}/{string.Join(';', hosted.Symbols)}/{hosted.Capital}/{hosted.Budget}"
                    )
                )
            )
        )[..VersionDigits];
}
