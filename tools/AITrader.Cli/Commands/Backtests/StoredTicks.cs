using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;

namespace AITrader.Cli.Commands.Backtests;

/// <summary>Brings ticks that a running system has stored to a backtest: <c>ticks:SYMBOL,...@FROM/TO[@RUN]</c>, as a replay names
/// them.</summary>
internal sealed class StoredTicks(GatewayConnector gateway, ProgressDisplay bar)
{
    private const string Prefix = "ticks:";

    /// <summary>What is wrong with a source; null where it names stored ticks, or is a file.</summary>
    public static string? ProblemOf(string source) =>
        IsStored(source) && Parse(source) is null
            ? $"--data {source}: write ticks:SYMBOL,...@FROM/TO, with times such as 2024-08-08 or 2024-08-08T23:54:00Z, and @RUN for those of a replay"
            : null;

    /// <summary>Files with the data: those that were named, and one for each range of stored ticks, gone when this is disposed
    /// of.</summary>
    /// <exception cref="Refusal">The system has none of it, or is not there.</exception>
    public async Task<FetchedData> FetchAsync(IReadOnlyList<string> sources, CancellationToken ct)
    {
        var data = new FetchedData();
        try
        {
            foreach (var source in sources)
            {
                data.Add(Parse(source) is { } query ? await DownloadAsync(source, query, data.NewFile(), ct) : source);
            }

            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private async Task<string> DownloadAsync(string source, string query, string file, CancellationToken ct)
    {
        using var client = await gateway.ConnectAsync(ct);
        using var answer = await client.OpenAsync($"/api/v1/ticks/export?format=csv&{query}", ct);
        try
        {
            await bar.RunAsync($"reading {source}", answer.Content.Headers.ContentLength ?? 0, async work =>
            {
                await using var body = await answer.Content.ReadAsStreamAsync(ct);
                await using var target = File.Create(file);
                await body.CopyToAsync(target, ct);
                work.Report(target.Length, string.Empty);
                return target.Length;
            });
            return file;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new Refusal($"the stored ticks broke off: {broken.Message}");
        }
    }

    private static bool IsStored(string source) => source.StartsWith(Prefix, StringComparison.Ordinal) && !Path.Exists(source);

    private static string? Parse(string source)
    {
        if (!IsStored(source) || source[Prefix.Length..].Split('@') is not [{ Length: > 0 } symbols, var span, .. { Length: <= 1 } rest])
        {
            return null;
        }

        return span.Split('/') is [var from, var to] && UtcTimes.TryParse(from, out _) && UtcTimes.TryParse(to, out _)
            ? string.Join('&', Fields(symbols, from, to, rest).Select(static field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))
            : null;
    }

    private static IEnumerable<(string Name, string Value)> Fields(string symbols, string from, string to, string[] run) =>
        [
            .. symbols.Split(',').Select(static symbol => ("symbol", symbol)),
            ("from", from),
            ("to", to),
            .. run.Select(static name => ("run", name)),
        ];
}

/// <summary>Paths of a backtest's data; what was fetched for it is deleted in the end.</summary>
internal sealed class FetchedData : IDisposable
{
    private readonly List<string> _paths = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-ticks-");

    public IReadOnlyList<string> Paths => _paths;

    public void Add(string path) => _paths.Add(path);

    public string NewFile() => Path.Combine(_folder.FullName, $"{_paths.Count}.csv.gz");

    public void Dispose() => _folder.Delete(recursive: true);
}
