using AITrader.Docs.Tests.Documents;
using AITrader.Docs.Tests.Running;

// One system at a time: two of them take each other's processors and ports.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AITrader.Docs.Tests;

/// <summary>Types what the docs say, on a system that a reader would have started.</summary>
public sealed class CommandTests
{
    private static readonly string[] Programs = ["curl", "redis-cli", "psql", "pg_dump", "redis-server"];

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_does_what_its_page_says()
    {
        Assert.All(Programs, static program => Assert.SkipUnless(IsInstalled(program), $"{program} is not installed"));
        await using var system = await RunningSystem.StartAsync(_test);
        var failures = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in Document.All)
        {
            // A command of ours does the same on every page; others may stand on what is before them.
            var commands = DocumentedCommand
                .In(document)
                .Where(command =>
                    !Treatment.NotRun.ContainsKey(command.Text)
                    && (done.Add(command.Text) || !command.Text.StartsWith("./aitrader ", StringComparison.Ordinal))
                )
                .ToList();
            var outcomes = await system.RunAsync(
                document,
                [.. commands.Select(static command => Treatment.Instead.GetValueOrDefault(command.Text, command.Text))],
                _test
            );
            failures.AddRange(commands.Zip(outcomes).Select(static pair => ProblemOf(pair.First, pair.Second)).OfType<string>());
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.Equal((0, "AITrader is stopped; no process of it is left."), LastLine(await system.RunAsync("./aitrader down", _test)));
        Assert.Equal(
            (3, "AITrader is not running. `./aitrader up` starts it."),
            LastLine(await system.RunAsync("./aitrader status", _test))
        );
    }

    private static string? ProblemOf(DocumentedCommand command, Outcome outcome) =>
        outcome switch
        {
            { ExitCode: not 0 } => $"{command}\nended with {outcome.ExitCode}\n{outcome.Output}{outcome.Error}",
            _ when command.Shown is { } shown && !JsonShape.IsLike(shown, outcome.Output) =>
                $"{command}\ndoes not answer like {shown}, but\n{outcome.Output}",
            _ when outcome.Output.Trim().Length == 0 && command.Shows => $"{command}\nsays nothing\n{outcome.Error}",
            _ => null,
        };

    private static (int, string) LastLine(Outcome outcome) => (outcome.ExitCode, outcome.Output.TrimEnd().Split('\n')[^1]);

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Append("/usr/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
