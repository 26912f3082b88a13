using System.Text.Json;

namespace AITrader.Hosting.Home;

/// <summary>The record by which the command line finds a running host and connects to it. It holds keys, so only its owner may read
/// it.</summary>
/// <param name="Process">The host's process.</param>
/// <param name="Run">Name of this run; every process of it has it in its environment as <see cref="RunVariable" />.</param>
/// <param name="ResourceService">Address of Aspire's resource service.</param>
/// <param name="ResourceServiceKey">The key of the resource service.</param>
/// <param name="Dashboard">Address of Aspire's dashboard.</param>
/// <param name="DashboardToken">The token that signs in at the dashboard; null where it asks for none.</param>
/// <param name="Arguments">The host's command line.</param>
public sealed record HostRecord(
    ProcessIdentity Process,
    string Run,
    Uri ResourceService,
    string? ResourceServiceKey,
    Uri? Dashboard,
    string? DashboardToken,
    IReadOnlyList<string> Arguments
)
{
    /// <summary>The environment variable that marks every process of a run.</summary>
    public const string RunVariable = "AITRADER_RUN";

    private const string FileName = "host.json";

    /// <summary>The record of a home folder, whether or not its host still runs; null where there is none.</summary>
    public static HostRecord? Read(HomeFolder home)
    {
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(FileIn(home)), HostRecordJson.Default.HostRecord);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the record.</summary>
    public static void Delete(HomeFolder home)
    {
        ArgumentNullException.ThrowIfNull(home);
        if (Directory.Exists(home.Run))
        {
            File.Delete(FileIn(home));
        }
    }

    /// <summary>Writes the record.</summary>
    public Task WriteAsync(HomeFolder home, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(home);
        return PrivateFiles.WriteAsync(FileIn(home), JsonSerializer.Serialize(this, HostRecordJson.Default.HostRecord), cancellationToken);
    }

    private static string FileIn(HomeFolder home) => Path.Combine(home.Run, FileName);
}
