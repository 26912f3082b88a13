using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Jobs;

/// <summary><c>jobs show</c>: how far a job is, and what came of it.</summary>
internal sealed class JobShowCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JobSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JobSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var job = await client.GetAsync(settings.Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(job);
        }
        else
        {
            console.SayAll(JobView.Lines(job));
        }

        return ExitCodes.Done;
    }
}
