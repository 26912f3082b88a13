using System.ComponentModel;
using AITrader.TestSupport.Servers;

namespace AITrader.Containers.Tests.Engine;

/// <summary>The Docker engine that <c>AITRADER_TEST_DOCKER_HOST</c> names, or that of this machine.</summary>
internal static class DockerEngine
{
    private const string Program = "docker";

    // Of tests only: whoever finds an engine by DOCKER_HOST takes it for the machine's, with a registry behind it.
    private const string HostOfTests = "AITRADER_TEST_DOCKER_HOST";

    static DockerEngine()
    {
        if (Environment.GetEnvironmentVariable(HostOfTests) is { Length: > 0 } host)
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", host);
        }
    }

    /// <summary>Skips the test where no engine answers.</summary>
    public static async Task RequireAsync() =>
        Assert.SkipUnless(
            await AnswersAsync(),
            "no Docker engine answers; install one (Debian: apt-get install docker.io, then run dockerd), or name it by AITRADER_TEST_DOCKER_HOST"
        );

    /// <summary>The same engine for servers that tests start.</summary>
    public static Task<ContainerEngine> FindAsync() =>
        ContainerEngine.FindAsync(Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? new Uri(host) : null);

    public static Task<string> RunAsync(params IReadOnlyList<string> arguments) => Commands.RunAsync(Program, arguments);

    public static Task<(int ExitCode, string Output)> TryAsync(params IReadOnlyList<string> arguments) =>
        Commands.TryAsync(Program, arguments);

    public static async Task<bool> HasImageAsync(string image) => (await TryAsync("image", "inspect", image)).ExitCode == 0;

    /// <summary>Whether the image is here now, from the registry that its name says.</summary>
    public static async Task<bool> PullAsync(string image) => (await TryAsync("pull", "--quiet", image)).ExitCode == 0;

    private static async Task<bool> AnswersAsync()
    {
        try
        {
            return (await TryAsync("version", "--format", "{{.Server.Version}}")).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
