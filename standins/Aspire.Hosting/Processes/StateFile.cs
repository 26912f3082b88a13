using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>Writes <c>run/state.json</c>, from which scripts learn what runs (format: README.md of this folder's project).</summary>
internal sealed class StateFile(
    ApplicationDirectories directories, ResourceNotificationService notifications, ResourceLogs logs, StartupReport startup, ControlSocket control)
    : IDisposable
{
    private const string Name = "state.json";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly DateTime _started = DateTime.UtcNow;
    private readonly Lock _gate = new();
    private bool _isClosed;

    public static JsonDocument? TryRead(ApplicationDirectories directories)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(Path.Combine(directories.Run, Name)));
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes at every change, several at once where they come close together.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in notifications.WatchAsync(cancellationToken))
        {
            Write();
            await Task.Delay(Interval, cancellationToken);
        }
    }

    public void Write()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            var temporary = directories.WritePrivate($"{Name}.tmp", JsonSerializer.Serialize(Content(), Format));
            File.Move(temporary, Path.Combine(directories.Run, Name), overwrite: true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            var file = Path.Combine(directories.Run, Name);
            if (!_isClosed && File.Exists(file))
            {
                File.Delete(file);
            }

            _isClosed = true;
        }
    }

    private HostState Content() => new(
        1, Environment.ProcessId, _started, DateTime.UtcNow, startup.IsReady, startup.Failure, control.Path,
        [.. notifications.Latest().Where(e => e.Resource is not ParameterResource).Select(Describe)]);

    private ResourceState Describe(ResourceEvent latest)
    {
        var snapshot = latest.Snapshot;
        var log = logs.PathOf(latest.ResourceId);
        return new ResourceState(
            latest.ResourceId, latest.Resource.Name, snapshot.ResourceType, ResourceStates.TextOf(snapshot), snapshot.HealthStatus?.ToString(),
            snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value as int?, snapshot.ExitCode,
            snapshot.StartTimeStamp, snapshot.StopTimeStamp, ResourceStates.ProblemOf(snapshot), File.Exists(log) ? log : null,
            [.. snapshot.Urls.Select(u => new UrlState(u.Name, u.Url, u.DisplayProperties.DisplayName, !u.IsInternal))]);
    }

    private sealed record HostState(
        int Version, int Pid, DateTime Started, DateTime Updated, bool Ready, string? Failure, string? Control, IReadOnlyList<ResourceState> Resources);

    private sealed record ResourceState(
        string Id, string Name, string Type, string State, string? Health, int? Pid, int? ExitCode, DateTime? Started, DateTime? Stopped,
        string? Problem, string? Log, IReadOnlyList<UrlState> Urls);

    private sealed record UrlState(string? Endpoint, string Url, string Text, bool External);
}

/// <summary>How states are told to people and scripts.</summary>
internal static class ResourceStates
{
    /// <summary>Aspire calls every process that ended by itself Finished; one that failed is better called Exited.</summary>
    public static string TextOf(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        null => KnownResourceStates.NotStarted,
        nameof(KnownResourceStates.Finished) when snapshot.ExitCode is not (0 or null) => KnownResourceStates.Exited,
        { } text => text,
    };

    public static string? ProblemOf(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running
        ? snapshot.HealthReports.FirstOrDefault(r => r.Status is { } s && s != Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)?.Description
        : null;
}
