using System.Text;
using Microsoft.Extensions.Configuration;

namespace AITrader.ServiceDefaults.Identity;

/// <summary>The names of this process.</summary>
/// <param name="Name">The program's name, the same for all of its instances: it names problem types and token audiences.</param>
/// <param name="Resource">The name of this instance in the topology (OTEL_SERVICE_NAME): it names log lines and telemetry.</param>
public sealed record ServiceIdentity(string Name, string Resource)
{
    private const string Prefix = "AITrader.";

    // Product names that do not follow from the spelling of the type.
    private static readonly Dictionary<string, string> Spelled = new(StringComparer.Ordinal)
    {
        ["FinBertServer"] = "finbert-server",
        ["TensorRtRunner"] = "tensorrt-runner",
    };

    /// <summary>Reads the names from the application's name and the environment.</summary>
    public static ServiceIdentity From(string applicationName, IConfiguration configuration)
    {
        var name = NameOf(applicationName);
        return new ServiceIdentity(name, configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } resource ? resource : name);
    }

    /// <summary>Turns the name of a program into that of its service: AITrader.PatternEngine becomes pattern-engine.</summary>
    public static string NameOf(string applicationName)
    {
        var bare = applicationName.StartsWith(Prefix, StringComparison.Ordinal) ? applicationName[Prefix.Length..] : applicationName;
        return Spelled.TryGetValue(bare, out var spelled) ? spelled : Kebab(bare);
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0 && text[^1] is not ('-' or '.'))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.Replace('.', '-').ToString();
    }
}
