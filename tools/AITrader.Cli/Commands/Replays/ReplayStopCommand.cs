using AITrader.Cli.Gateway;
using Spectre.Console;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayStopCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("stop", gateway, console);
