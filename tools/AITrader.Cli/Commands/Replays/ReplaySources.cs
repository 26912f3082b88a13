using System.Text.RegularExpressions;
using AITrader.Cli.Commands.Arguments;

namespace AITrader.Cli.Commands.Replays;

/// <summary>Checks the sources of a replay and turns them into the gateway's request.</summary>
internal static partial class ReplaySources
{
    /// <summary>What is wrong with the sources; null where nothing is.</summary>
    public static string? Check(IReadOnlyList<string> sources) =>
        sources switch
        {
            [] => "name what to replay: data sets, files, or ticks:SYMBOL,...@FROM/TO",
            [var first, _, ..] when IsStored(first) || sources.Any(IsStored) => "stored ticks are replayed alone",
            [var only] when IsStored(only) && Read(only) is null =>
                $"'{only}' is not ticks:SYMBOL,...@FROM/TO[@RUN] with times like 2024-08-08T23:54:00Z",
            _ => null,
        };

    /// <summary>The body of the request that starts the replay.</summary>
    public static object BodyOf(ReplayStartSettings settings)
    {
        if (Read(settings.Sources[0]) is not { } stored)
        {
            var paths = settings.Sources.Select(static source => Path.Exists(source) ? Path.GetFullPath(source) : source).ToList();
            return new
            {
                paths,
                speed = settings.Speed,
                loop = settings.Loop,
            };
        }

        var (symbols, from, to, run) = stored;
        return run is null
            ? new
            {
                ticks = new
                {
                    symbols,
                    from,
                    to,
                },
                speed = settings.Speed,
                loop = settings.Loop,
            }
            : new
            {
                ticks = new
                {
                    symbols,
                    from,
                    to,
                    run,
                },
                speed = settings.Speed,
                loop = settings.Loop,
            };
    }

    private static bool IsStored(string source) => source.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal);

    private static (string[] Symbols, DateTimeOffset From, DateTimeOffset To, string? Run)? Read(string source) =>
        Stored().Match(source) is { Success: true } match
        && UtcTimes.TryParse(match.Groups["from"].Value, out var from)
        && UtcTimes.TryParse(match.Groups["to"].Value, out var to)
            ? (match.Groups["symbols"].Value.Split(','), from, to, match.Groups["run"] is { Success: true } run ? run.Value : null)
            : null;

    [GeneratedRegex("^ticks:(?<symbols>[^@]+)@(?<from>[^/]+)/(?<to>[^@]+)(?:@(?<run>.*))?$")]
    private static partial Regex Stored();
}
