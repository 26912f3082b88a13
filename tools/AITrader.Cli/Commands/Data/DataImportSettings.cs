using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

internal sealed class DataImportSettings : DataSettings
{
    [CommandArgument(0, "<files>")]
    [Description("Files of any format that is read, and folders of them.")]
    public string[] Files { get; set; } = [];

    [CommandOption("--symbol <SYMBOL>")]
    [Description("Refuse files that hold another symbol than this.")]
    public string? Symbol { get; set; }

    [CommandOption("--overwrite")]
    [Description("Replace a file of the same name with other content, which is refused otherwise.")]
    public bool Overwrite { get; set; }

    public override ValidationResult Validate() =>
        Files.Length > 0 ? ValidationResult.Success() : ValidationResult.Error("name the files that are to be imported");
}
