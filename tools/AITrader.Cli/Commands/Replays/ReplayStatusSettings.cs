using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

internal sealed class ReplayStatusSettings : JsonSettings
{
    [CommandOption("-f|--follow")]
    [Description("Show its progress until it ends.")]
    public bool Follow { get; set; }
}
