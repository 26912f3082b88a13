using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Storage.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.SystemSupport;

/// <summary>The whole system, started from the AppHost with random ports on a throw-away data folder.</summary>
public sealed class TradingSystem : IAsyncDisposable
{
    private const string AdminKey = "system-test-admin-key-22";
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(4);

    // Six times what is promised: the machine may be busy with other things.
    private static readonly TimeSpan RestartPatience = TimeSpan.FromMinutes(1);

    private readonly string _folder;

    private TradingSystem(DistributedApplication app, string folder)
    {
        App = app;
        _folder = folder;
    }

    /// <summary>The running application.</summary>
    public DistributedApplication App { get; }

    /// <summary>Starts everything; returns when every long-running resource is healthy.</summary>
    /// <param name="replay">File or data set to replay; null for the mock market.</param>
    /// <param name="speed">Number or max.</param>
    /// <param name="without">Resources to leave out.</param>
    public static Task<TradingSystem> StartAsync(string? replay, string speed, IReadOnlyCollection<string> without, CancellationToken ct) =>
        StartAsync(replay, speed, without, static _ => { }, ct);

    /// <inheritdoc cref="StartAsync(string?, string, IReadOnlyCollection{string}, CancellationToken)"/>
    /// <param name="configure">Changes the model before it is built.</param>
    public static async Task<TradingSystem> StartAsync(
        string? replay,
        string speed,
        IReadOnlyCollection<string> without,
        Action<IDistributedApplicationBuilder> configure,
        CancellationToken ct
    )
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-system-").FullName;
        string[] source = replay is null ? [] : [$"--Replay:Path={replay}", $"--Replay:Speed={speed}"];

        // The expectation is a second implementation of these three, and of a forecast of no move.
        string[] args =
        [
            $"--AITRADER_HOME={folder}",
            "--LocalServers:Mode=processes",
            "--Patterns:Enabled=ema_cross,vwap_deviation,breakout",
            "--Services:strategy-engine:Strategy:ForecastModel=persistence",
            "--Services:strategy-engine:Strategy:PatternClassWeight=0",
            .. source,
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AITrader_AppHost>(args, ct);
        builder.Configuration["Parameters:admin-key"] = AdminKey;
        builder.Services.AddLogging(Quieten);
        foreach (var resource in builder.Resources.Where(r => without.Contains(r.Name)).ToList())
        {
            builder.Resources.Remove(resource);
        }

        configure(builder);
        var app = await builder.BuildAsync(ct);
        var system = new TradingSystem(app, folder);
        try
        {
            await system.BecomeHealthyAsync([.. builder.Resources.OfType<ProjectResource>().Select(static r => r.Name)], ct);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        return system;
    }

    /// <summary>A client of the gateway that has not signed in.</summary>
    public HttpClient Anonymous() => App.CreateHttpClient("backend", "http");

    /// <summary>A client of the gateway, signed in as the admin.</summary>
    public async Task<HttpClient> SignInAsync(CancellationToken ct)
    {
        var client = Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/auth/sign-in", new { code = await NewCodeAsync(ct) }, ct);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("token").GetString());
        return client;
    }

    /// <summary>A code that signs the admin in, once.</summary>
    public async Task<string> NewCodeAsync(CancellationToken ct)
    {
        using var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("AdminKey", AdminKey);
        using var answer = await client.PostAsync("/api/auth/links", content: null, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("code").GetString()!;
    }

    /// <summary>The database.</summary>
    public async Task<AITraderDbContext> OpenDatabaseAsync(CancellationToken ct)
    {
        var connection = await App.GetConnectionStringAsync("aitrader", ct);

        // No pool: a pooled connection would not survive a test that kills the server.
        return new AITraderDbContext(
            new DbContextOptionsBuilder<AITraderDbContext>()
                .UseNpgsql($"{connection};Pooling=false", static postgres => postgres.EnableRetryOnFailure())
                .Options
        );
    }

    /// <summary>Waits until the replay run is finished: every stage has passed its last tick.</summary>
    public async Task<string> WaitForReplayAsync(TimeSpan patience, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await using var db = await OpenDatabaseAsync(ct);
            var run = await db.ReplayRuns.AsNoTracking().OrderByDescending(static r => r.StartedAt).FirstOrDefaultAsync(ct);
            if (run is { State: "finished" })
            {
                return run.Run;
            }

            if (run is { State: "failed" } || watch.Elapsed > patience)
            {
                throw new TimeoutException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"replay {run?.Run} is {run?.State ?? "not started"} after {watch.Elapsed.TotalSeconds:F0} s: published {run?.Published} of {run?.Ticks}; {run?.Error}"
                    )
                );
            }

            await Task.Delay(200, ct);
        }
    }

    /// <summary>Ends the replay that is under way, if one is, and replays something else; returns when the new run has begun.</summary>
    /// <param name="replay">File or data set.</param>
    /// <param name="speed">Number or max.</param>
    public async Task ReplayAsync(string replay, string speed, CancellationToken ct)
    {
        using var client = await SignInAsync(ct);
        if (await ReplayStateAsync(client, ct) is "running" or "paused")
        {
            using var stopped = await client.PostAsync("/api/v1/replay/stop", content: null, ct);
            stopped.EnsureSuccessStatusCode();
        }

        while (await ReplayStateAsync(client, ct) is "loading" or "running" or "paused" or "stopping")
        {
            await Task.Delay(200, ct);
        }

        var before = await NewestRunAsync(ct);
        object pace = speed == "max" ? speed : double.Parse(speed, CultureInfo.InvariantCulture);
        using var started = await client.PostAsJsonAsync("/api/v1/replay", new { path = replay, speed = pace }, ct);
        started.EnsureSuccessStatusCode();
        while (await NewestRunAsync(ct) == before)
        {
            await Task.Delay(200, ct);
        }
    }

    private static async Task<string?> ReplayStateAsync(HttpClient client, CancellationToken ct) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/replay", ct)).GetProperty("state").GetString();

    private async Task<string?> NewestRunAsync(CancellationToken ct)
    {
        await using var db = await OpenDatabaseAsync(ct);
        return await db
            .ReplayRuns.AsNoTracking()
            .OrderByDescending(static r => r.StartedAt)
            .Select(static r => r.Run)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Ticks published so far in the current run.</summary>
    public async Task<long> PublishedAsync(CancellationToken ct)
    {
        await using var db = await OpenDatabaseAsync(ct);
        return await db
            .ReplayRuns.AsNoTracking()
            .OrderByDescending(static r => r.StartedAt)
            .Select(static r => r.Published)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Ends a resource's process at once (SIGKILL), as a crash would, and waits until the supervisor has brought it
    /// back.</summary>
    public async Task KillAsync(string resource, CancellationToken ct)
    {
        var before = await RunningAsync(resource, ct);
        using (var process = Process.GetProcessById(resource == "postgres" ? await PostmasterAsync(ct) : PidOf(before)))
        {
            process.Kill();
        }

        try
        {
            await App
                .ResourceNotifications.WaitForResourceAsync(resource, after => IsRunning(after) && PidOf(after) != PidOf(before), ct)
                .WaitAsync(RestartPatience, ct);
            await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, ct).WaitAsync(TimeSpan.FromMinutes(2), ct);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{resource} was killed and did not come back", late);
        }
    }

    /// <summary>How often the supervisor has started a resource again.</summary>
    public async Task<int> RestartsAsync(string resource, CancellationToken ct) =>
        Convert.ToInt32(
            (await RunningAsync(resource, ct))
                .Snapshot.Properties.FirstOrDefault(static property => property.Name == "aitrader.restarts")
                ?.Value
                ?? 0,
            CultureInfo.InvariantCulture
        );

    private Task<ResourceEvent> RunningAsync(string resource, CancellationToken ct) =>
        App.ResourceNotifications.WaitForResourceAsync(resource, IsRunning, ct).WaitAsync(RestartPatience, ct);

    private static bool IsRunning(ResourceEvent resource) =>
        resource.Snapshot.State?.Text == KnownResourceStates.Running && PidOf(resource) > 0;

    private static int PidOf(ResourceEvent resource) =>
        Convert.ToInt32(
            resource.Snapshot.Properties.FirstOrDefault(static property => property.Name == "executable.pid")?.Value ?? 0,
            CultureInfo.InvariantCulture
        );

    // The resource's own process is the shell that passes signals on; the server is its child.
    private async Task<int> PostmasterAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "data", "postgres", "postmaster.pid"), ct);
        return int.Parse(lines[0], CultureInfo.InvariantCulture);
    }

    // What services print goes through the host's log too, as long as a test book; a test says itself what went wrong.
    private static void Quieten(ILoggingBuilder logs) =>
        logs.AddFilter("AITrader.AppHost.Resources", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

    private async Task BecomeHealthyAsync(IReadOnlyList<string> projects, CancellationToken ct)
    {
        await App.StartAsync(ct).WaitAsync(StartPatience, ct);
        foreach (var project in projects.Where(static name => name != "migrations"))
        {
            await App.ResourceNotifications.WaitForResourceHealthyAsync(project, ct).WaitAsync(StartPatience, ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        // Root's PostgreSQL lies elsewhere, where its account can reach it.
        if (new DirectoryInfo(Path.Combine(_folder, "data", "postgres")).LinkTarget is { } database)
        {
            Directory.Delete(Path.GetDirectoryName(database)!, recursive: true);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
