using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>doctor</c>: checks the machine; exit code 1 where something needed is missing.</summary>
internal sealed class DoctorCommand(MachineCheck check, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        var findings = await check.RunAsync(cancellationToken);
        if (settings.Json)
        {
            console.SayJson(findings);
        }
        else
        {
            foreach (var finding in findings)
            {
                console.Markup(
                    finding.Verdict switch
                    {
                        Verdict.Ok => "[green]ok  [/] ",
                        Verdict.Warning => "[yellow]warn[/] ",
                        _ => "[red]FAIL[/] ",
                    }
                );
                console.Say($"{finding.Name, -14} {finding.Text}");
            }
        }

        return findings.Any(static finding => finding.Verdict == Verdict.Failure) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
