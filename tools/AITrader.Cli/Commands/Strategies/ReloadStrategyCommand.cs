using System.ComponentModel;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Strategies;

/// <summary><c>strategies reload</c>: has a hosted strategy loaded anew.</summary>
internal sealed class ReloadStrategyCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReloadStrategyCommand.Arguments>
{
    internal sealed class Arguments : CommandSettings
    {
        [CommandArgument(0, "<NAME>")]
        [Description("Its name, as `./aitrader strategies` shows it.")]
        public string Name { get; set; } = string.Empty;
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Arguments settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var path = $"{StrategiesCommand.Path}/{Uri.EscapeDataString(settings.Name)}/reload";
        console.SayAll(StrategiesView.LinesOf(await client.PostAsync(path, new Dictionary<string, string>(), cancellationToken)));
        return ExitCodes.Done;
    }
}
