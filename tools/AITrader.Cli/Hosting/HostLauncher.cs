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

    // $0 is the log file, $@ the command.
    private const string Launch = "umask 077; exec setsid \"$@\" >>\"$0\" 2>&1 </dev/null";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the host and waits until its resource service answers.</summary>
    /// <exception cref="Refusal">The host ended at once, and the text has the end of its log; or it did not answer in time.</exception>
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
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < StartTimeout; )
        {
            await Task.Delay(PollInterval, time, cancellationToken);
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

        throw new Refusal($"the host did not come up within {StartTimeout.TotalSeconds} s; its output is in {installation.Home.HostLog}");
    }

    // The log of the previous run is kept beside the new one: after a crash it is needed.
    private void BeginLog()
    {
        var log = installation.Home.HostLog;
        if (File.Exists(log))
        {
            File.Move(log, Path.ChangeExtension(log, ".1.log"), overwrite: true);
        }

        // Created here, readable by its owner only, before the shell appends to it.
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
