using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Jobs;

/// <summary><c>jobs cancel</c>: asks a job to end.</summary>
internal sealed class JobCancelCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JobSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JobSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var job = await client.SendAsync(HttpMethod.Post, $"{settings.Path}/cancel", body: null, cancellationToken);
        if (settings.Json && job is { } known)
        {
            console.SayJson(known);
        }
        else
        {
            console.Say($"job {settings.Job:D} was asked to end; `./aitrader jobs show {settings.Job:D}` says when it has");
        }

        return ExitCodes.Done;
    }
}
