using System.Diagnostics;
using System.Globalization;

namespace AITrader.TestSupport;

/// <summary>PostgreSQL's programs, and data folders made from one template for each process.</summary>
internal static class PostgresFiles
{
    public const string User = "postgres";
    public const string Password = "throw-away";
    public const string DataFolder = "data";
    public const string Authentication = "scram-sha-256";

    /// <summary>Of initdb, wherever it runs.</summary>
    public static readonly string[] ClusterArguments = [$"--auth={Authentication}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];

    private const string Account = "postgres";
    private const string DebianFolder = "/usr/lib/postgresql";

    private static readonly Lazy<string> Binaries = new(FindBinaries);
    private static readonly Lazy<Task<string>> Template = new(InitializeAsync);

    /// <summary>A folder with an initialised cluster, owned by the account that the server runs under.</summary>
    public static async Task<string> NewClusterAsync()
    {
        var template = await Template.Value;
        var folder = Directory.CreateTempSubdirectory("aitrader-pg-").FullName;
        await RunAsync("cp", ["-a", template, Path.Combine(folder, DataFolder)]);
        await GiveAsync(folder);
        return folder;
    }

    /// <summary>The command of a program, under an account that it accepts.</summary>
    public static string[] Program(string name) =>
        Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", Path.Combine(Binaries.Value, name)]
            : [Path.Combine(Binaries.Value, name)];

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-pg-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, Password);
        await GiveAsync(folder);
        var data = Path.Combine(folder, DataFolder);
        string[] command = [.. Program("initdb"), "-D", data, "-U", User, $"--pwfile={password}", .. ClusterArguments];
        await RunAsync(command[0], command[1..]);
        return data;
    }

    private static Task GiveAsync(string folder) =>
        Environment.IsPrivilegedProcess ? RunAsync("chown", ["-R", $"{Account}:", folder]) : Task.CompletedTask;

    private static async Task RunAsync(string command, string[] arguments)
    {
        // Somewhere that every account may enter.
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed: {output}{await errors}");
        }
    }

    private static string FindBinaries()
    {
        var versions = (Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : []).OrderByDescending(static folder =>
            int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0
        );
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Concat(versions.Select(static folder => Path.Combine(folder, "bin")))
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException(
                $"PostgreSQL is neither on the PATH nor under {DebianFolder}: apt-get install postgresql."
            );
    }
}
