using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

internal sealed class TrainSentimentSettings : ModelListSettings
{
    [CommandArgument(0, "[model]")]
    [Description("Name of the model; finbert-server serves sentiment-small where finbert-tone is not installed.")]
    [DefaultValue("sentiment-small")]
    public string Model { get; set; } = "sentiment-small";

    [CommandOption("-d|--data <FILE>")]
    [Description("Required. CSV with the columns text and label: negative, positive, neutral, or 0, 1, 2 for bearish, bullish, neutral.")]
    public string Data { get; set; } = string.Empty;

    [CommandOption("--licence <TEXT>")]
    [Description("Licence and origin of the data, for the model's card.")]
    public string? Licence { get; set; }

    public override ValidationResult Validate() =>
        !Registry.Shelves.ModelName.IsValid(Model)
            ? ValidationResult.Error($"'{Model}' is no name of a model: {Registry.Shelves.ModelName.Rule}")
        : Data.Length == 0 ? ValidationResult.Error("--data is missing, such as --data headlines.csv")
        : ValidationResult.Success();
}
