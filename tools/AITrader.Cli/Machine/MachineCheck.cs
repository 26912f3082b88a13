using System.Globalization;
using AITrader.Cli.Hosting;
using AITrader.Cli.Network;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Machine;

/// <summary>Checks whether this machine has what AITrader needs.</summary>
internal sealed class MachineCheck(Installation installation, HostFinder finder, TimeProvider time)
{
    private const int DotnetMajor = 10;
    private const long MinFreeDisk = 4L << 30;

    private static readonly string[] Runtimes = ["docker", "podman"];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        [
            await ProgramAsync(
                "dotnet",
                DotnetMajor,
                $"the .NET {DotnetMajor} SDK is needed: https://dotnet.microsoft.com/download",
                cancellationToken
            ),
            await ProgramAsync(
                "node",
                Requirements.NodeMajor,
                $"Node.js {Requirements.NodeMajor} or newer is needed: https://nodejs.org",
                cancellationToken
            ),
            .. Requirements.ToRun.Select(static requirement => Of(requirement, "up")),
            .. Requirements.ToTest.Select(static requirement => Of(requirement, "test")),
            await ContainersAsync(cancellationToken),
            File.Exists("/dev/nvidia0")
                ? new Finding(Verdict.Ok, "gpu", "NVIDIA")
                : new Finding(Verdict.Ok, "gpu", "none; tensorrt-runner steps down to the CPU and says so"),
            DeveloperCertificate.Find(time) is { } certificate
                ? new Finding(
                    Verdict.Ok,
                    "certificate",
                    $"for https until {certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
                )
                : new Finding(
                    Verdict.Ok,
                    "certificate",
                    "none: the dashboard is http on this machine only; `dotnet dev-certs https --trust` makes one"
                ),
            Disk(),
            PortsInUse(),
        ];

    private static Finding Of(Requirement requirement, string command) =>
        requirement.IsThere()
            ? new Finding(Verdict.Ok, requirement.Package, requirement.Why)
            : new Finding(Verdict.Warning, requirement.Package, $"missing; `{command}` installs it: {requirement.Why}");

    private async Task<Finding> ProgramAsync(string program, int major, string otherwise, CancellationToken cancellationToken)
    {
        return await MajorVersions.OfAsync(program, installation.Root, cancellationToken) switch
        {
            null => new Finding(Verdict.Failure, program, otherwise),
            { Major: var found, Version: var version } when found >= major => new Finding(Verdict.Ok, program, version),
            { Version: var version } => new Finding(Verdict.Failure, program, $"{otherwise} (found: {version})"),
        };
    }

    private async Task<Finding> ContainersAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in Runtimes.Where(static runtime => InstalledPrograms.Find(runtime) is not null))
        {
            if (
                await ExternalProgram.RunAsync(
                    new ExternalCall(runtime, ["version", "--format", "{{.Server.Version}}"], installation.Root),
                    static _ => { },
                    cancellationToken
                ) == 0
            )
            {
                return new Finding(Verdict.Ok, "containers", $"{runtime} answers: Redis and PostgreSQL run in containers");
            }
        }

        return new Finding(Verdict.Ok, "containers", "no runtime answers: Redis and PostgreSQL run as processes of this machine");
    }

    private Finding Disk()
    {
        var free = new DriveInfo(installation.Root).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB free");
        return free >= MinFreeDisk
            ? new Finding(Verdict.Ok, "disk", text)
            : new Finding(Verdict.Warning, "disk", $"only {text}; 4 GiB are wanted");
    }

    private Finding PortsInUse()
    {
        if (finder.Find() is HostState.Running)
        {
            return new Finding(Verdict.Ok, "ports", "in use by the running AITrader");
        }

        return Ports.FindBusy(DeveloperCertificate.Find(time) is not null) is { Count: > 0 } busy
            ? new Finding(
                Verdict.Failure,
                "ports",
                $"something else uses {string.Join(", ", busy)}; `ss -ltnp` shows what it is, `./aitrader up --free-ports` takes others"
            )
            : new Finding(Verdict.Ok, "ports", "all free");
    }
}
