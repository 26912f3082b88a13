using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

/// <summary><c>lock</c>: renews the lock files of packages.</summary>
internal sealed class LockCommand(Installation installation, ProgressDisplay bar, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var call = new ExternalCall(
            "dotnet",
            ["restore", Installation.Solution, "--force-evaluate", "-p:RestoreLockedMode=false", "-nologo"],
            installation.Root
        );
        var code = await bar.RunAsync("resolving packages", total: 1, _ => ExternalProgram.RunAsync(call, lines.Add, cancellationToken));
        if (code != 0)
        {
            throw new Refusal($"the packages could not be resolved:\n{string.Join('\n', lines.TakeLast(20))}");
        }

        console.Say("every packages.lock.json is as the project files want it; look at what `git diff --stat` says, and commit it");
        return ExitCodes.Done;
    }
}
