using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

internal class TickRangeSettings : JsonSettings
{
    [CommandOption("--symbol <SYMBOL>")]
    [Description("The symbol.")]
    public string? Symbol { get; set; }

    [CommandOption("--from <TIME>")]
    [Description("Required. ISO 8601, UTC where no offset is given; included.")]
    public string? From { get; set; }

    [CommandOption("--to <TIME>")]
    [Description("Required. Not included.")]
    public string? To { get; set; }

    [CommandOption("--run <RUN>")]
    [Description("A replay's run. Without it: what was recorded live, or else what the newest replay run stored.")]
    public string? Run { get; set; }

    /// <summary>The range as a URL query, with more parameters.</summary>
    public string QueryWith(params (string Name, string? Value)[] more) =>
        string.Join(
            '&',
            new[] { ("symbol", Symbol), ("from", From), ("to", To), ("run", Run) }
                .Concat(more)
                .Where(static pair => pair.Item2 is not null)
                .Select(static pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}")
        );

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();

    protected virtual string? Problem() =>
        this switch
        {
            { From: null } => "--from is missing, such as --from 2024-08-08T23:54:00Z",
            { To: null } => "--to is missing, such as --to 2024-08-09",
            _ when !UtcTimes.TryParse(From, out _) => $"--from: '{From}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            _ when !UtcTimes.TryParse(To, out _) => $"--to: '{To}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            _ => null,
        };
}
