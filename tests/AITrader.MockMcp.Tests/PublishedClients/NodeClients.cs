using System.Diagnostics;
using AITrader.TestSupport;

namespace AITrader.MockMcp.Tests.PublishedClients;

/// <summary>The vendors' own clients, installed from npm by their lock file. Tests are skipped, with npm's words, only where they cannot be
/// had.</summary>
public sealed class NodeClients : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "AITrader.MockMcp.Tests", "clients");

    private string? _absence;

    public async ValueTask InitializeAsync()
    {
        if (!OnPath("node") || !OnPath("npm"))
        {
            _absence = "node and npm are not installed";
            return;
        }

        // npm writes this file when it has installed the packages.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")) <= installed.LastWriteTimeUtc)
        {
            return;
        }

        var (code, output) = await RunProgramAsync("npm", ["ci", "--no-audit", "--no-fund"]);
        _absence = code == 0 ? null : $"npm ci failed: {output[..Math.Min(output.Length, 1000)]}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a script or a package's program, and returns what it printed.</summary>
    public async Task<(int Code, string Output)> RunAsync(string script, params string[] arguments)
    {
        Assert.SkipWhen(_absence is not null, $"The clients are not there: {_absence}");
        return await RunProgramAsync("node", [script, .. arguments]);
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<(int Code, string Output)> RunProgramAsync(string program, string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
