namespace AITrader.Hosting.Home;

/// <summary>Finds programs that this machine has installed.</summary>
public static class InstalledPrograms
{
    // Where Debian keeps one folder of programs for each major version, newest last by number.
    private const string DebianPostgres = "/usr/lib/postgresql";

    private static readonly string[] SystemFolders = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"];

    /// <summary>The full path of a program; null where it is not installed.</summary>
    public static string? Find(string program) => Folders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The folder that has both <c>postgres</c> and <c>initdb</c>: Debian puts wrappers of some PostgreSQL programs on the path,
    /// but not these two.</summary>
    public static string? FindPostgresFolder() =>
        PostgresFolders()
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));

    private static IEnumerable<string> PostgresFolders()
    {
        var versions = Directory.Exists(DebianPostgres) ? Directory.GetDirectories(DebianPostgres) : [];
        return [.. versions.OrderByDescending(Version).Select(static folder => Path.Combine(folder, "bin")), .. Folders()];
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;

    private static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders);
}
