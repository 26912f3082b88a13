using System.ComponentModel;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

internal sealed class ExportSettings : TickRangeSettings
{
    [CommandOption("-o|--out <FILE>")]
    [Description("Required. The file; CSV that ends in .gz is compressed.")]
    public string? Out { get; set; }

    [CommandOption("--format <FORMAT>")]
    [Description("csv or parquet; by the file's name where it is left out.")]
    public string? Format { get; set; }

    public string ChosenFormat => Format ?? (Out!.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "parquet" : "csv");

    protected override string? Problem() =>
        base.Problem()
        ?? this switch
        {
            { Symbol: null } => "--symbol is missing",
            { Out: null } => "--out is missing",
            { Format: not (null or "csv" or "parquet") } => $"--format is csv or parquet, not '{Format}'",
            _ when !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Out!))) =>
                $"--out: there is no folder {System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Out!))}",
            _ => null,
        };
}
