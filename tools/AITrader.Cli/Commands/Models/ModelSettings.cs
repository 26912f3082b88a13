using System.ComponentModel;
using AITrader.Cli.Commands.Arguments;
using AITrader.Registry.Shelves;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

internal class ModelListSettings : JsonSettings
{
    [CommandOption("--repository <FOLDER>")]
    [Description("Folder of the model repository; that of this clone where it is left out.")]
    public string? Repository { get; set; }
}

internal class ModelSettings : ModelListSettings
{
    [CommandArgument(0, "<model>")]
    [Description("Name of the model; `models` lists them.")]
    public string Model { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        ModelName.IsValid(Model)
            ? ValidationResult.Success()
            : ValidationResult.Error($"'{Model}' is no name of a model: {ModelName.Rule}");
}

internal sealed class ModelShowSettings : ModelSettings
{
    [CommandArgument(1, "[version]")]
    [Description("Version; the one that answers where it is left out.")]
    public int? Version { get; set; }
}

internal sealed class ModelPromoteSettings : ModelSettings
{
    [CommandArgument(1, "<version>")]
    [Description("Version that is to answer.")]
    public int Version { get; set; }

    [CommandOption("--label <NAME>")]
    [Description("Label that moves to the version; what answers unless a version is asked for is `stable`.")]
    [DefaultValue("stable")]
    public string Label { get; set; } = "stable";

    [CommandOption("--anyway")]
    [Description("Even if its card says that it does not beat the baseline, or it has none.")]
    public bool Anyway { get; set; }

    public override ValidationResult Validate() =>
        ModelName.IsValid(Label) ? base.Validate() : ValidationResult.Error($"--label '{Label}' is no name: {ModelName.Rule}");
}

internal sealed class ModelServingSettings : JsonSettings
{
    [CommandArgument(0, "<model>")]
    [Description("Name of the model; `models` lists them.")]
    public string Model { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        ModelName.IsValid(Model)
            ? ValidationResult.Success()
            : ValidationResult.Error($"'{Model}' is no name of a model: {ModelName.Rule}");
}
