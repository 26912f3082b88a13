using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary><c>runs show</c>: a run with its account, setup and statistics.</summary>
internal sealed class RunShowCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<RunSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var run = await client.GetAsync(settings.Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(run);
        }
        else
        {
            console.SayAll(RunView.Lines(run));
        }

        return ExitCodes.Done;
    }
}
