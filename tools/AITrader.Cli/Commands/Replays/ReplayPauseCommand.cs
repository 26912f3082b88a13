using AITrader.Cli.Gateway;
using Spectre.Console;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayPauseCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("pause", gateway, console);
