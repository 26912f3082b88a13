using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;

namespace AITrader.Cli.Building;

/// <summary>Installs the npm packages of the web page.</summary>
internal sealed class NodePackages(Installation installation, ProgressDisplay bar)
{
    /// <summary>Runs <c>npm ci</c> where the packages are absent, or older than the lock file.</summary>
    /// <exception cref="Refusal">npm failed; the text has the end of its output.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var folder = installation.In("frontend");
        // npm writes this file when it has installed the packages.
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")) <= installed.LastWriteTimeUtc)
        {
            return;
        }

        var lines = new List<string>();
        var code = await bar.RunAsync("installing the page's packages", total: 1, work => ExternalProgram.RunAsync(
                new ExternalCall("npm", ["ci", "--no-audit", "--no-fund"], folder),
                line =>
                {
                    lines.Add(line);
                    work.Report(0, line);
                },
                cancellationToken
            ));
        if (code != 0)
        {
            throw new Refusal($"npm ci failed:\n{string.Join('\n', lines.TakeLast(20))}");
        }
    }
}
