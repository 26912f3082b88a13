using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

internal sealed class LimitSettings : CommandSettings
{
    [CommandArgument(0, "<scope>")]
    [Description("account, strategy:NAME or symbol:NAME.")]
    public string Scope { get; set; } = string.Empty;

    [CommandArgument(1, "[limits]")]
    [Description("NAME=NUMBER, as many as you like; NAME= takes one away. Without any, all of the scope are taken away.")]
    public string[] Limits { get; set; } = [];

    /// <summary>Where the gateway has the scope.</summary>
    public string Path => Scope.Split(':', 2) is [var kind, var name] ? $"{kind}/{Uri.EscapeDataString(name)}" : Scope;

    /// <summary>Name and number of each; null takes it away.</summary>
    public IReadOnlyList<(string Name, decimal? Number)> Numbers => [.. Limits.Select(static text => Split(text)!.Value)];

    public override ValidationResult Validate() =>
        Scope != "account" && Scope.Split(':', 2) is not ["strategy" or "symbol", { Length: > 0 }]
            ? ValidationResult.Error($"a scope is account, strategy:NAME or symbol:NAME; not '{Scope}'")
        : Limits.FirstOrDefault(static text => Split(text) is null) is { } wrong
            ? ValidationResult.Error($"a limit is NAME=NUMBER, such as max_order_notional=50000; not '{wrong}'")
        : ValidationResult.Success();

    private static (string, decimal?)? Split(string text) =>
        text.Split('=') is not [{ Length: > 0 } name, var number] ? null
        : number.Length == 0 ? (name, null)
        : decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? (name, value)
        : null;
}

internal sealed class ProposalSettings : CommandSettings
{
    [CommandArgument(0, "<proposal>")]
    [Description("Id that `risk limit` printed.")]
    public Guid Proposal { get; set; }
}

internal sealed class KillSettings : CommandSettings
{
    [CommandArgument(0, "[strategy]")]
    [Description("Origin of the orders, as `orders` shows it; without one, the whole account.")]
    public string? Strategy { get; set; }

    [CommandOption("--reason <text>")]
    [Description("Why; it is kept in the audit trail.")]
    public string Reason { get; set; } = "asked on the command line";
}

internal sealed class ReviveSettings : CommandSettings
{
    [CommandArgument(0, "[strategy]")]
    [Description("Origin of the orders; without one, the whole account.")]
    public string? Strategy { get; set; }
}
