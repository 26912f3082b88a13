using System.Globalization;
using System.Text.Json;
using AITrader.Docs.Tests.Documents;
using AITrader.TestSupport;

namespace AITrader.Docs.Tests.Running;

/// <summary>The system of a reader who typed <c>./aitrader up --replay demo --speed 20 --free-ports</c>.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private const string Build = "release";

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(6);

    private readonly Workplace _workplace;
    private readonly GuardedProcess _host;
    private readonly Dictionary<string, string> _settings;

    private RunningSystem(Workplace workplace, GuardedProcess host)
    {
        _workplace = workplace;
        _host = host;
        _settings = new(StringComparer.Ordinal)
        {
            ["PATH"] = $"{workplace.Programs}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AITRADER_REPOSITORY"] = SharedData.RepositoryRoot,
            ["AITRADER_HOME"] = workplace.Home,
            ["CURL_HOME"] = workplace.Folder,
        };
    }

    /// <summary>Returns when all is well.</summary>
    public static async Task<RunningSystem> StartAsync(CancellationToken ct)
    {
        var workplace = new Workplace();
        var host = await GuardedProcess.StartAsync(
            workplace.Folder,
            workplace.In("host.log"),
            [
                "env",
                $"--chdir={Path.Combine(SharedData.RepositoryRoot, "AITrader.AppHost")}",
                $"AITRADER_HOME={workplace.Home}",
                "ASPNETCORE_ENVIRONMENT=Development",
                "DOTNET_ENVIRONMENT=Development",
                "ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
                "ASPIRE_VERSION_CHECK_DISABLED=true",
                Address("ASPNETCORE_URLS"),
                Address("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
                Address("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"),
                "dotnet",
                Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", "AITrader.AppHost", Build, "AITrader.AppHost.dll"),
                "--Ports:Fixed=false",
                "--LocalServers:Mode=processes",
                "--Inference:GpuRunner=process",
                "--Replay:Path=demo",
                "--Replay:Speed=20",
                "--Replay:Loop=true",
            ]
        );
        var system = new RunningSystem(workplace, host);
        try
        {
            await system.BecomeHealthyAsync(ct);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        return system;
    }

    /// <summary>Runs the commands of a file as its reader would: those of the page in its folder, all others in the root.</summary>
    public Task<IReadOnlyList<Outcome>> RunAsync(Document document, IReadOnlyList<string> commands, CancellationToken ct) =>
        new Shell(document.Folder == "frontend" ? _workplace.In(document.Folder) : _workplace.Folder, _settings).RunAsync(commands, ct);

    /// <summary>Runs one command in the root.</summary>
    public async Task<Outcome> RunAsync(string command, CancellationToken ct) =>
        (await new Shell(_workplace.Folder, _settings).RunAsync([command], ct))[0];

    public async ValueTask DisposeAsync()
    {
        await RunAsync("./aitrader down", CancellationToken.None);
        _workplace.Dispose();
        await _host.DisposeAsync();
    }

    private async Task BecomeHealthyAsync(CancellationToken ct)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ; )
        {
            var status = await RunAsync("./aitrader status --json", ct);
            if (status.ExitCode == 0 && await LearnPortsAsync(status.Output, ct))
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(begun) > MaxWait || !_host.IsRunning)
            {
                throw new TimeoutException(
                    $"the system did not become healthy:\n{status.Output}{status.Error}\n{await File.ReadAllTextAsync(_workplace.In("host.log"), ct)}"
                );
            }

            await Task.Delay(1000, ct);
        }
    }

    // Each port of the docs leads to where the resource listens now that the docs say is there. One that is being started again has no
    // address for a moment.
    private async Task<bool> LearnPortsAsync(string status, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(status);
        var ports = document
            .RootElement.GetProperty("resources")
            .EnumerateArray()
            .Where(static resource => resource.GetProperty("urls").GetArrayLength() > 0)
            .ToDictionary(
                static resource => resource.GetProperty("name").GetString()!,
                static resource => new Uri(resource.GetProperty("urls")[0].GetString()!).Port,
                StringComparer.Ordinal
            );
        var table = PortTable.Read().ToList();
        if (!table.TrueForAll(row => ports.ContainsKey(row.Resource)))
        {
            return false;
        }

        _settings["PGPORT"] = ports["postgres"].ToString(CultureInfo.InvariantCulture);
        _settings["AITRADER_REDIS_PORT"] = ports["redis"].ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(
            _workplace.In(".curlrc"),
            [
                "fail-with-body",
                "show-error",
                "noproxy = \"*\"",
                .. table.Select(row =>
                    string.Create(CultureInfo.InvariantCulture, $"connect-to = \"localhost:{row.Port}:localhost:{ports[row.Resource]}\"")
                ),
            ],
            ct
        );
        return true;
    }

    private static string Address(string variable) =>
        string.Create(CultureInfo.InvariantCulture, $"{variable}=http://localhost:{FreePort.Find()}");
}
