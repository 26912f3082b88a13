using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>logs</c>: shows the log files that the host writes, which are there after it has ended, too.</summary>
internal sealed class LogsCommand(Installation installation, HostFinder finder, IAnsiConsole console, TimeProvider time)
    : AsyncCommand<LogsSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LogsSettings settings, CancellationToken cancellationToken)
    {
        var names = Names();
        if (settings.Name is not { } name)
        {
            foreach (var known in names.DefaultIfEmpty("no logs yet"))
            {
                console.Say(known);
            }

            return ExitCodes.Done;
        }

        if (!names.Contains(name))
        {
            throw new Refusal($"there is no log of '{name}'; there are: {string.Join(", ", names)}", ExitCodes.Usage);
        }

        var log = new LogTail(Path.Combine(installation.Home.Logs, $"{name}.log"), time);
        await foreach (var line in log.ReadAsync(settings.Lines, settings.Follow, cancellationToken))
        {
            console.Say(line);
        }

        if (!settings.Follow && finder.Find() is HostState.Crashed crashed)
        {
            await Console.Error.WriteLineAsync($"(the host, process {crashed.Record.Process.Pid}, has ended unexpectedly)");
        }

        return ExitCodes.Done;
    }

    private List<string> Names() =>
        Directory.Exists(installation.Home.Logs)
            ?
            [
                .. Directory
                    .EnumerateFiles(installation.Home.Logs, "*.log")
                    .Select(Path.GetFileNameWithoutExtension)
                    .OfType<string>()
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
