using System.ComponentModel;

namespace AITrader.Containers.Tests.Engine;

/// <summary>The Docker engine that <c>DOCKER_HOST</c> or this machine's default names.</summary>
internal static class DockerEngine
{
    private const string Program = "docker";

    /// <summary>Skips the test where no engine answers.</summary>
    public static async Task RequireAsync() => Assert.SkipUnless(
        await AnswersAsync(), "no Docker engine answers; install one (Debian: apt-get install docker.io, then run dockerd), or name it by DOCKER_HOST");

    public static Task<string> RunAsync(params IReadOnlyList<string> arguments) => Commands.RunAsync(Program, arguments);

    public static async Task<bool> HasImageAsync(string image) => (await Commands.TryAsync(Program, "image", "inspect", image)).ExitCode == 0;

    /// <summary>Whether the image is here now, from the registry that its name says.</summary>
    public static async Task<bool> PullAsync(string image) => (await Commands.TryAsync(Program, "pull", "--quiet", image)).ExitCode == 0;

    private static async Task<bool> AnswersAsync()
    {
        try
        {
            return (await Commands.TryAsync(Program, "version", "--format", "{{.Server.Version}}")).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
