using System.Text.Json;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Commands.Backtests;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>train forecast</c> and <c>train patterns</c>: train a model on market data.</summary>
internal sealed class TrainMarketCommand<T>(
    Installation installation,
    HomeFolder home,
    StoredTicks stored,
    TrainingRun training,
    TrainingRequest request,
    IAnsiConsole console
) : AsyncCommand<T>
    where T : TrainMarketSettings
{
    public override async Task<int> ExecuteAsync(CommandContext context, T settings, CancellationToken cancellationToken)
    {
        if (settings.Job)
        {
            console.SayAll(await request.RunAsync(settings, cancellationToken));
            return ExitCodes.Done;
        }

        using var data = await stored.FetchAsync(settings.Data, cancellationToken);
        await training.RunAsync(settings.Model, OrderOf(settings, data.Paths), settings.Json, cancellationToken);
        return ExitCodes.Done;
    }

    private byte[] OrderOf(T settings, IReadOnlyList<string> files) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                task = settings.Task,
                model = settings.Model,
                recipe = settings.Recipe,
                files = files.Select(Path.GetFullPath),
                sources = settings.Sources,
                symbols = settings.Symbol,
                from = Time(settings.From),
                to = Time(settings.To),
                every = settings.Step,
                repository = ModelRepository.Of(settings, installation).Folder,
                checkpoints = Path.Combine(home.Root, "training"),
                walk_forward = settings.Folds,
                threads = settings.Threads ?? Environment.ProcessorCount,
                command = settings.Command,
                licence = settings.Licence,
            }
        );

    private static DateTimeOffset? Time(string? text) => text is not null && UtcTimes.TryParse(text, out var time) ? time : null;
}
