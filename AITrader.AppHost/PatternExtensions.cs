using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost;

/// <summary>Settings of patterns named on the command line, such as <c>--Patterns:Enabled=ema_cross,breakout</c>.</summary>
internal static class PatternExtensions
{
    private const string Section = "Patterns";

    public static IResourceBuilder<ProjectResource> WithPatternSettings(this IResourceBuilder<ProjectResource> patternEngine, IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection(Section).AsEnumerable())
        {
            if (value is not null)
            {
                patternEngine.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return patternEngine;
    }
}
