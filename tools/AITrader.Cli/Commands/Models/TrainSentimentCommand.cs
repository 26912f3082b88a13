using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Repository;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>train sentiment</c>: trains a small classifier of texts.</summary>
internal sealed class TrainSentimentCommand(Installation installation, TrainingRun training) : AsyncCommand<TrainSentimentSettings>
{
    public override async Task<int> ExecuteAsync(
        CommandContext context,
        TrainSentimentSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(settings.Data))
        {
            throw new Refusal($"there is no file {settings.Data}");
        }

        var name = Path.GetFileName(settings.Data);
        var order = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                task = "sentiment",
                model = settings.Model,
                files = new[] { Path.GetFullPath(settings.Data) },
                sources = new[] { name },
                repository = ModelRepository.Of(settings, installation).Folder,
                command = $"./aitrader train sentiment {settings.Model} --data {name}",
                licence = settings.Licence,
            }
        );
        await training.RunAsync(settings.Model, order, settings.Json, cancellationToken);
        return ExitCodes.Done;
    }
}
