using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>models list</c>: what the repository has.</summary>
internal sealed class ModelListCommand(Installation installation, IAnsiConsole console) : Command<ModelListSettings>
{
    public override int Execute(CommandContext context, ModelListSettings settings, CancellationToken cancellationToken)
    {
        var repository = ModelRepository.Of(settings, installation);
        var rows = repository
            .Shelf.Models.SelectMany(model =>
                repository
                    .VersionsOf(model)
                    .Select(version => new ModelRow(
                        model,
                        version,
                        version == repository.AnsweringOf(model),
                        repository.CardOf(model, version)
                    ))
            )
            .ToList();
        if (settings.Json)
        {
            console.Say(ModelView.Json(rows));
        }
        else if (rows.Count == 0)
        {
            console.Say($"there is no model in {repository.Folder}; train one: ./aitrader train forecast nbeats --data ticks.csv.gz");
        }
        else
        {
            console.Write(ModelView.Table(rows));
        }

        return ExitCodes.Done;
    }
}
