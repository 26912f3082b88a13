using System.Diagnostics;
using AITrader.TestSupport;

[assembly: AssemblyFixture(typeof(AITrader.Browser.Tests.BuiltPage))]

namespace AITrader.Browser.Tests;

/// <summary>The production build of frontend/, made from the sources that lie there now.</summary>
public sealed class BuiltPage : IAsyncLifetime
{
    private readonly string _source = Path.Combine(SharedData.RepositoryRoot, "frontend");

    /// <summary>Folder with index.html.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"aitrader-page-{Environment.ProcessId}");

    public async ValueTask InitializeAsync()
    {
        // npm writes this file last: without it an installation was never finished.
        if (!File.Exists(Path.Combine(_source, "node_modules", ".package-lock.json")))
        {
            await NpmAsync("ci");
        }

        await NpmAsync("exec", "--", "vite", "build", "--outDir", Folder, "--emptyOutDir", "--logLevel", "warn");
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private async Task NpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments)
        {
            WorkingDirectory = _source,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm {string.Join(' ', arguments)} failed:\n{await output}\n{await errors}");
    }
}
