using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AITrader.Hosting.Home;
using Aspire.Hosting;

namespace AITrader.Hosting.LocalServers.Postgres;

/// <summary>One data folder of PostgreSQL and the programs that work on it.</summary>
/// <remarks>The server refuses to run as root: there it runs under the account <c>postgres</c>, which the distribution's package
/// makes.</remarks>
public sealed class PostgresCluster
{
    private const string ServiceAccount = "postgres";

    // For root, whose folders no other account can enter.
    private const string RootsFolder = "/var/lib/aitrader";

    private readonly string _programs;
    private readonly string _data;

    private PostgresCluster(string programs, string data) => (_programs, _data) = (programs, data);

    internal string Server => Path.Combine(_programs, "postgres");

    internal string Data => _data;

    internal static string? Setpriv { get; } = InstalledPrograms.Find("setpriv");

    /// <summary>The cluster of a folder; made when the server is prepared for its first start.</summary>
    /// <exception cref="DistributedApplicationException">PostgreSQL is not installed, or root lacks the account to run it.</exception>
    internal static PostgresCluster In(string folder)
    {
        var programs = ServerPrograms.PostgresFolder();
        if (Environment.IsPrivilegedProcess && (Setpriv is null || !HasServiceAccount()))
        {
            throw new DistributedApplicationException(
                $"PostgreSQL refuses to run as root and there is no account '{ServiceAccount}' or no setpriv to run it with. Start AITrader as another user."
            );
        }

        return new PostgresCluster(programs, Environment.IsPrivilegedProcess ? OutsideOf(folder) : folder);
    }

    /// <summary>Makes the data folder on the first start, and on every start sets the owner's password and makes databases that are
    /// missing.</summary>
    internal async Task PrepareAsync(string password, IEnumerable<string> databases, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(_data, "PG_VERSION")))
        {
            await InitializeAsync(password, cancellationToken);
        }

        await ReleaseAsync(cancellationToken);
        // A statement a line. One that fails is reported and survived: so it is with a database that exists.
        IEnumerable<string> statements =
        [
            $"ALTER ROLE {LocalPostgresResource.Owner} PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'",
            .. databases.Select(static database => $"CREATE DATABASE \"{database}\""),
        ];
        await AlterOfflineAsync(string.Concat(statements.Select(static statement => statement + '\n')), cancellationToken);
    }

    // Made beside its place and moved there when complete: an interrupted initdb must not look like a database.
    private async Task InitializeAsync(string password, CancellationToken cancellationToken)
    {
        var (unfinished, passwordFile) = ($"{_data}.new", $"{_data}.password");
        PrivateFiles.DeleteFolder(unfinished);
        PrivateFiles.CreateFolder(unfinished);
        try
        {
            await PrivateFiles.WriteAsync(passwordFile, password, cancellationToken);
            await OwnAsync([unfinished, passwordFile], cancellationToken);
            await RunAsync(
                Path.Combine(_programs, "initdb"),
                [
                    "-D",
                    unfinished,
                    "-U",
                    LocalPostgresResource.Owner,
                    $"--pwfile={passwordFile}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ],
                input: null,
                cancellationToken
            );
            PrivateFiles.DeleteFolder(_data);
            Directory.Move(unfinished, _data);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    // A server that was killed with its host may be on its way out still, or its process id may be another process by now; the server
    // itself would refuse to start while any process has that id.
    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var lockFile = Path.Combine(_data, "postmaster.pid");
        for (
            var wait = Stopwatch.StartNew();
            File.Exists(lockFile) && File.ReadLines(lockFile).FirstOrDefault() is { } pid && IsServer(pid);

        )
        {
            if (wait.Elapsed > TimeSpan.FromSeconds(15))
            {
                throw new DistributedApplicationException(
                    $"A PostgreSQL server (process {pid}) still runs on {_data}. Stop it first: kill -INT {pid}"
                );
            }

            await Task.Delay(100, cancellationToken);
        }

        File.Delete(lockFile);
    }

    private bool IsServer(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains(_data, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Single-user mode: statements go over standard input and no port is open meanwhile.
    private Task AlterOfflineAsync(string statements, CancellationToken cancellationToken) =>
        RunAsync(Server, ["--single", "-D", _data, LocalPostgresResource.Owner], statements, cancellationToken);

    private static async Task OwnAsync(string[] paths, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await Commands.RunAsync("chown", ["-R", $"{ServiceAccount}:{ServiceAccount}", .. paths], input: null, cancellationToken);
        }
    }

    private static Task RunAsync(string program, string[] arguments, string? input, CancellationToken cancellationToken) =>
        Environment.IsPrivilegedProcess
            ? Commands.RunAsync(Setpriv!, [.. AsServiceAccount, program, .. arguments], input, cancellationToken)
            : Commands.RunAsync(program, arguments, input, cancellationToken);

    internal static string[] AsServiceAccount =>
        Environment.IsPrivilegedProcess ? [$"--reuid={ServiceAccount}", $"--regid={ServiceAccount}", "--init-groups"] : [];

    private static bool HasServiceAccount() =>
        File.ReadLines("/etc/passwd").Any(static line => line.StartsWith($"{ServiceAccount}:", StringComparison.Ordinal));

    /// <summary>Where root's data lies: a place that the service account can reach, to which the wanted folder links.</summary>
    private static string OutsideOf(string folder)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
        var place = Path.Combine(RootsFolder, hash, "postgres");
        if (new FileInfo(folder).LinkTarget != place)
        {
            // The link decides: with the folder deleted, what it pointed to is out of date.
            PrivateFiles.DeleteFolder(place);
            PrivateFiles.CreatePassage(RootsFolder);
            PrivateFiles.CreatePassage(Path.GetDirectoryName(place)!);
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            File.CreateSymbolicLink(folder, place);
        }

        return place;
    }
}
