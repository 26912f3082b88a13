using System.Diagnostics;
using AITrader.Cli.Failures;
using AITrader.Cli.Network;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Starts the host in a session of its own, so that no Ctrl-C of a terminal reaches it, and with files of its own user's
/// only.</summary>
internal sealed class HostLauncher(Installation installation, TimeProvider time)
{
    /// <summary>Makes the host and all that it starts listen on ports that are free.</summary>
    public const string FreePortsArgument = "--Ports:Fixed=false";

    private const string Project = "AITrader.AppHost";

    // $0 is the log, the rest the command.
    private const string Launch = "umask 077; exec setsid \"$@\" >>\"$0\" 2>&1 </dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts it and waits until it can be spoken to.</summary>
    /// <exception cref="Refusal">It ended at once; the text has its last words.</exception>
    public async Task<HostRecord> StartAsync(IReadOnlyList<string> arguments, string? settings, CancellationToken cancellationToken)
    {
        await installation.Home.CreateAsync(cancellationToken);
        HostRecord.Delete(installation.Home);
        BeginLog();
        using var process = Start(arguments, settings);
        try
        {
            return await AwaitAsync(process, cancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private async Task<HostRecord> AwaitAsync(Process process, CancellationToken cancellationToken)
    {
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < Patience; )
        {
            await Task.Delay(Look, time, cancellationToken);
            if (
                HostRecord.Read(installation.Home) is { } record
                && record.Process.Pid == process.Id
                && await ResourceService.AnswersAsync(record, cancellationToken)
            )
            {
                return record;
            }

            if (process.HasExited)
            {
                throw new Refusal(
                    $"AITrader did not start:\n{LogEnd.Of(File.ReadLines(installation.Home.HostLog))}\nThe whole output is in {installation.Home.HostLog}"
                );
            }
        }

        throw new Refusal($"the host did not come up within {Patience.TotalSeconds} s; its output is in {installation.Home.HostLog}");
    }

    // The log of the run before is kept beside it: after a crash it is what is wanted.
    private void BeginLog()
    {
        var log = installation.Home.HostLog;
        if (File.Exists(log))
        {
            File.Move(log, Path.ChangeExtension(log, ".1.log"), overwrite: true);
        }

        // Its owner's only before the shell appends to it.
        PrivateFiles.Open(log, FileMode.CreateNew).Dispose();
    }

    private Process Start(IReadOnlyList<string> arguments, string? settings)
    {
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", Launch, installation.Home.HostLog, "dotnet", installation.ProgramOf(Project), .. arguments]
        )
        {
            WorkingDirectory = installation.AppHostFolder,
        };
        var hasCertificate = DeveloperCertificate.Find(time) is not null;
        foreach (
            var (name, value) in arguments.Contains(FreePortsArgument)
                ? HostEnvironment.OnFreePorts(hasCertificate)
                : HostEnvironment.Of(hasCertificate)
        )
        {
            start.Environment.TryAdd(name, value);
        }

        start.Environment[HomeFolder.Setting] = installation.Home.Root;
        if (settings is not null)
        {
            start.Environment[SettingsFile.Setting] = settings;
        }

        return Process.Start(start) ?? throw new Refusal("the host could not be started");
    }
}
