using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

internal sealed class RunListSettings : JsonSettings
{
    private static readonly string[] Kinds = ["live", "paper", "replay", "backtest"];

    [CommandOption("--kind <kind>")]
    [Description("Only live, paper, replay or backtest.")]
    public string? Kind { get; set; }

    [CommandOption("--search <name>")]
    [Description("Only the trials of this search, as `backtest --store` names it.")]
    public string? Search { get; set; }

    [CommandOption("-n <number>")]
    [Description("How many, newest first. Default 20.")]
    public int Count { get; set; } = 20;

    public override ValidationResult Validate() =>
        Kind is null || Kinds.Contains(Kind)
            ? ValidationResult.Success()
            : ValidationResult.Error($"a kind is live, paper, replay or backtest; not '{Kind}'");
}

internal class RunSettings : JsonSettings
{
    [CommandArgument(0, "<run>")]
    [Description("Name of the run, as `runs` lists it; live is the live one.")]
    public string Run { get; set; } = string.Empty;

    /// <summary>Where the gateway has it.</summary>
    public string Path => $"/api/v1/runs/{Uri.EscapeDataString(Run)}";
}

internal sealed class RunDeleteSettings : CommandSettings
{
    [CommandArgument(0, "<run>")]
    [Description("Name of a run that has ended.")]
    public string Run { get; set; } = string.Empty;
}

internal sealed class RunCompareSettings : JsonSettings
{
    [CommandArgument(0, "<runs>")]
    [Description("Two runs or more.")]
    public string[] Runs { get; set; } = [];

    public override ValidationResult Validate() =>
        Runs.Distinct(StringComparer.Ordinal).Count() > 1
            ? ValidationResult.Success()
            : ValidationResult.Error("it takes two runs to compare, such as `runs compare live demo-1`");
}

internal sealed class RunExportSettings : CommandSettings
{
    private static readonly string[] Tables = ["trades", "equity", "signals", "orders"];

    [CommandArgument(0, "<run>")]
    [Description("Name of the run.")]
    public string Run { get; set; } = string.Empty;

    [CommandArgument(1, "<table>")]
    [Description("trades, equity, signals or orders.")]
    public string Table { get; set; } = string.Empty;

    [CommandOption("--to <file>")]
    [Description("Required. The file; CSV that ends in .gz is compressed.")]
    public string? To { get; set; }

    [CommandOption("--format <format>")]
    [Description("csv or parquet; by the file's name where it is left out.")]
    public string? Format { get; set; }

    public string ChosenFormat => Format ?? (To!.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "parquet" : "csv");

    /// <summary>Where the gateway has it.</summary>
    public string Path => $"/api/v1/runs/{Uri.EscapeDataString(Run)}/export/{Table}?format={ChosenFormat}";

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();

    private string? Problem() =>
        this switch
        {
            _ when !Tables.Contains(Table) => $"what is exported is {string.Join(", ", Tables)}; not '{Table}'",
            { To: null } => "--to is missing, such as --to trades.csv",
            { Format: not (null or "csv" or "parquet") } => $"--format is csv or parquet, not '{Format}'",
            _ when !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(To!))) =>
                $"--to: there is no folder {System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(To!))}",
            _ => null,
        };
}
