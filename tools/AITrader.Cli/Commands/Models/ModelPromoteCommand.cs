using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>models promote</c>: moves a label to a version.</summary>
internal sealed class ModelPromoteCommand(Installation installation, IAnsiConsole console) : Command<ModelPromoteSettings>
{
    public override int Execute(CommandContext context, ModelPromoteSettings settings, CancellationToken cancellationToken)
    {
        var repository = ModelRepository.Of(settings, installation);
        var versions = repository.VersionsOf(settings.Model);
        if (!versions.Contains(settings.Version))
        {
            throw new Refusal($"{settings.Model} has no version {settings.Version}; it has {string.Join(", ", versions)}");
        }

        var verdict = repository.CardOf(settings.Model, settings.Version)?.Verdict;
        if (verdict is not { GoesLive: true } && !settings.Anyway)
        {
            throw new Refusal(
                $"{settings.Model} {settings.Version} is not promoted: {verdict?.Reason ?? "it has no card that says how good it is"}. "
                    + "Use --anyway to do it all the same."
            );
        }

        var before = repository.AnsweringOf(settings.Model);
        repository.Shelf.Label(settings.Model, settings.Version, settings.Label);
        console.Say(
            settings.Label == "stable"
                ? $"{settings.Model} {settings.Version} answers now; back: ./aitrader models promote {settings.Model} {before}"
                : $"{settings.Model} {settings.Version} is '{settings.Label}' now"
        );
        return ExitCodes.Done;
    }
}
