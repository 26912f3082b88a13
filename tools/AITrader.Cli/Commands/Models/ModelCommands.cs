using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary>The commands under <c>train</c> and <c>models</c>.</summary>
internal static class ModelCommands
{
    public static void AddTo(IConfigurator commands)
    {
        commands.AddBranch("train", static train =>
        {
            train.SetDescription("Train a model and put it into the model repository: forecast, patterns, sentiment.");
            train
                .AddCommand<TrainMarketCommand<TrainForecastSettings>>("forecast")
                .WithDescription("Train a forecaster of prices on files or stored ticks, and judge it on what it has not seen.")
                .WithExample("train", "forecast", "nbeats", "--data", "ticks.csv.gz")
                .WithExample("train", "forecast", "mine", "--architecture", "transformer", "--data", "bars", "--every", "00:01:00")
                .WithExample("train", "forecast", "nbeats", "--data", "ticks:BTCUSDT@2024-08-08/2024-08-09", "--steps", "5000");
            train
                .AddCommand<TrainMarketCommand<TrainPatternsSettings>>("patterns")
                .WithDescription(
                    "Train a classifier of bars on what the detectors find in files or stored ticks, and judge it on the newest."
                )
                .WithExample("train", "patterns", "cnn-pattern", "--data", "ticks.csv.gz")
                .WithExample("train", "patterns", "mine", "--data", "ticks:BTCUSDT@2024-08-08/2024-08-09", "--bar-seconds", "1", "--job");
            train
                .AddCommand<TrainSentimentCommand>("sentiment")
                .WithDescription("Train a small classifier of financial texts, and judge it beside a lexicon on what it has not seen.")
                .WithExample("train", "sentiment", "--data", "headlines.csv");
        });
        AddModels(commands);
    }

    private static void AddModels(IConfigurator commands) => commands.AddBranch("models", static models =>
        {
            models.SetDescription("The model repository: list, show, promote, serving.");
            models.SetDefaultCommand<ModelListCommand>();
            models
                .AddCommand<ModelListCommand>("list")
                .WithDescription("Every version, how good it is, and which one answers.")
                .WithExample("models")
                .WithExample("models", "list", "--json");
            models
                .AddCommand<ModelShowCommand>("show")
                .WithDescription("The card of a version: data, metrics, verdict, and the command that trains it again.")
                .WithExample("models", "show", "nbeats")
                .WithExample("models", "show", "nbeats", "2", "--json");
            models
                .AddCommand<ModelPromoteCommand>("promote")
                .WithDescription("Let a version answer; runners take it up within seconds. Back to an older one the same way.")
                .WithExample("models", "promote", "nbeats", "2");
            models
                .AddCommand<ModelServingCommand>("serving")
                .WithDescription("How the runners of the running system serve a model: times, shares, and what came of its forecasts.")
                .WithExample("models", "serving", "nbeats");
        });
}
