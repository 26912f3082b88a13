using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;
using Spectre.Console;

namespace AITrader.Cli.Machine;

/// <summary>The programs that commands need beyond .NET, and how they are installed.</summary>
internal sealed class Requirements(Installation installation, IAnsiConsole console)
{
    public const int NodeMajor = 20;

    private static readonly string[] Browsers = ["chromium", "google-chrome"];

    public static readonly Requirement Redis = new(
        "redis-server",
        "the bus: Redis runs as a process of this machine where no containers run",
        static () => InstalledPrograms.Find("redis-server") is not null
    );
    public static readonly Requirement Postgres = new(
        "postgresql",
        "the record: PostgreSQL runs as a process of this machine where no containers run",
        static () => InstalledPrograms.FindPostgresFolder() is not null
    );
    public static readonly Requirement UtilLinux = new(
        "util-linux",
        "setsid and setpriv, with which servers get sessions and accounts of their own",
        static () => InstalledPrograms.Find("setsid") is not null && InstalledPrograms.Find("setpriv") is not null
    );
    public static readonly Requirement Chromium = new("chromium", "the tests that use the page in a browser", static () => HasBrowser());
    public static readonly Requirement Prometheus = new(
        "prometheus",
        "promtool, with which tests check alert rules and metrics",
        static () => InstalledPrograms.Find("promtool") is not null
    );

    public static readonly Requirement Curl = new("curl", "the tests that run what the docs say", static () =>
        InstalledPrograms.Find("curl") is not null
    );

    /// <summary>The programs that the system needs to run.</summary>
    public static IReadOnlyList<Requirement> ToRun { get; } = [Redis, Postgres, UtilLinux];

    /// <summary>The programs that some tests need; without them those tests are skipped and say so.</summary>
    public static IReadOnlyList<Requirement> ToTest { get; } = [Chromium, Prometheus, Curl];

    /// <summary>Prints which programs are missing and why they are needed, then installs them.</summary>
    /// <exception cref="Refusal">A program could not be installed.</exception>
    public async Task EnsureAsync(IReadOnlyList<Requirement> wanted, CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        var missing = wanted.Where(static requirement => !requirement.IsThere()).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var requirement in missing)
        {
            console.Say($"installing {requirement.Package}: {requirement.Why}");
        }

        var code = await InstallAsync(missing, cancellationToken);
        if (code != 0)
        {
            throw new Refusal(
                $"please install these yourself: {string.Join(", ", missing.Select(static requirement => requirement.Package))}"
            );
        }
    }

    /// <summary>As <see cref="EnsureAsync" />, but goes on without what cannot be installed.</summary>
    public async Task TryEnsureAsync(IReadOnlyList<Requirement> wanted, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureAsync(wanted, cancellationToken);
        }
        catch (Refusal refusal)
        {
            console.Say($"{refusal.Message}; without them some tests are skipped, and say so");
        }
    }

    // The script knows how to install without starting the distribution's own servers.
    private Task<int> InstallAsync(IEnumerable<Requirement> missing, CancellationToken cancellationToken) =>
        ExternalProgram.RunAttachedAsync(
            new ExternalCall(
                "/bin/bash",
                [installation.In("aitrader"), "_install", .. missing.Select(static requirement => requirement.Package)],
                installation.Root
            ),
            cancellationToken
        );

    private async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        if (
            InstalledPrograms.Find("npm") is null
            || (await MajorVersions.OfAsync("node", installation.Root, cancellationToken))?.Major is not >= NodeMajor
        )
        {
            throw new Refusal($"Node.js {NodeMajor} or newer with npm is needed for the page: https://nodejs.org");
        }
    }

    private static bool HasBrowser() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 }
        || Array.Exists(Browsers, static browser => InstalledPrograms.Find(browser) is not null);
}
