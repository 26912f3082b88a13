using System.Text;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Views;
using AITrader.Registry.Cards;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>models show</c>: the card of a version.</summary>
internal sealed class ModelShowCommand(Installation installation, IAnsiConsole console) : Command<ModelShowSettings>
{
    public override int Execute(CommandContext context, ModelShowSettings settings, CancellationToken cancellationToken)
    {
        var repository = ModelRepository.Of(settings, installation);
        var versions = repository.VersionsOf(settings.Model);
        var version = settings.Version ?? repository.AnsweringOf(settings.Model);
        if (!versions.Contains(version))
        {
            throw new Refusal($"{settings.Model} has no version {version}; it has {string.Join(", ", versions)}");
        }

        var card = repository.CardOf(settings.Model, version)
            ?? throw new Refusal($"{settings.Model} {version} has no card: it was not trained by ./aitrader train");
        if (settings.Json)
        {
            console.Say(Encoding.UTF8.GetString(CardFile.Write(card)).TrimEnd());
        }
        else
        {
            console.SayAll(ModelView.Lines(card, version == repository.AnsweringOf(settings.Model)));
        }

        return ExitCodes.Done;
    }
}
