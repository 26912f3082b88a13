using System.Diagnostics;
using System.Globalization;

namespace AITrader.Docs.Tests.Running;

/// <summary>What came of a command.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>A reader's shell.</summary>
/// <param name="folder">Where it stands.</param>
/// <param name="settings">Its environment, over that of the test.</param>
internal sealed class Shell(string folder, IReadOnlyDictionary<string, string> settings)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    /// <summary>Runs commands one after the other in one shell, so that a variable of one is known to the next.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<string> commands, CancellationToken ct)
    {
        var notes = Directory.CreateTempSubdirectory("aitrader-shell-").FullName;
        try
        {
            foreach (var (index, command) in commands.Index())
            {
                await File.WriteAllTextAsync(Path.Combine(notes, $"{index}.sh"), command + "\n", ct);
            }

            await RunAsync(
                "set -o pipefail\n"
                    + string.Concat(
                        commands
                            .Index()
                            .Select(command =>
                                $". {notes}/{command.Index}.sh >{notes}/{command.Index}.out 2>{notes}/{command.Index}.err; echo $? >{notes}/{command.Index}.code\n"
                            )
                    ),
                ct
            );
            return [.. commands.Index().Select(command => Read(Path.Combine(notes, $"{command.Index}")))];
        }
        finally
        {
            Directory.Delete(notes, recursive: true);
        }
    }

    private async Task RunAsync(string script, CancellationToken ct)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardInput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(ct).WaitAsync(MaxWait, ct);
        }
        catch (TimeoutException)
        {
            // What was not done by then has no exit code, and says so.
            process.Kill(entireProcessTree: true);
        }
    }

    private static Outcome Read(string note) =>
        new(
            File.Exists($"{note}.code") ? int.Parse(File.ReadAllText($"{note}.code"), CultureInfo.InvariantCulture) : -1,
            File.Exists($"{note}.out") ? File.ReadAllText($"{note}.out") : string.Empty,
            File.Exists($"{note}.err") ? File.ReadAllText($"{note}.err") : "it came to no end, or what was before it did not"
        );
}
