using AITrader.Docs.Tests.Running;
using AITrader.TestSupport;

namespace AITrader.Docs.Tests;

/// <summary>Ctrl-C of <c>./aitrader up --attach</c>, which the quick start says stops everything.</summary>
public sealed class InterruptTests
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(6);

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("healthy after ", "aitrader: interrupted")] // everything runs, and nobody has been told
    [InlineData("Ctrl-C stops everything.", "AITrader is stopped.")]
    public async Task Ctrl_C_stops_everything(string after, string lastWord)
    {
        using var workplace = new Workplace();
        var log = workplace.In("up.log");
        var program = Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", "AITrader.Cli", "release", "AITrader.Cli.dll");
        // What a shell starts in its background ignores SIGINT, and so would the program.
        await using var up = await GuardedProcess.StartAsync(
            workplace.Folder,
            log,
            [
                "env",
                "--default-signal=INT",
                $"AITRADER_HOME={workplace.Home}",
                "dotnet",
                program,
                "up",
                "--attach",
                "--free-ports",
                "--replay",
                "demo",
            ]
        );
        await SeeAsync(log, after, up);

        await up.StopAsync();

        Assert.Equal(lastWord, (await File.ReadAllLinesAsync(log, _test)).Last(static line => line.Length > 0));
        Assert.DoesNotContain(Processes(), command => command.Contains(workplace.Home, StringComparison.Ordinal));
    }

    private async Task SeeAsync(string log, string text, GuardedProcess up)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ; )
        {
            var said = File.Exists(log) ? await File.ReadAllTextAsync(log, _test) : string.Empty;
            if (said.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.True(up.IsRunning && TimeProvider.System.GetElapsedTime(begun) < MaxWait, said);
            await Task.Delay(20, _test);
        }
    }

    // Command line and environment of each process: all that belongs to a home names it.
    private static IEnumerable<string> Processes() =>
        new DirectoryInfo("/proc")
            .EnumerateDirectories()
            .Where(static folder => folder.Name.All(char.IsAsciiDigit))
            .Select(static folder => Read(folder, "cmdline") + Read(folder, "environ"));

    private static string Read(DirectoryInfo process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process.FullName, file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
