using AITrader.Cli.Gateway;
using Spectre.Console;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayResumeCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("resume", gateway, console);
