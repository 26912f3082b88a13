using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Arguments;

/// <summary>Settings of a command whose answer a program might read.</summary>
internal class JsonSettings : CommandSettings
{
    [CommandOption("--json")]
    [Description("One JSON document instead of text.")]
    public bool Json { get; set; }
}
