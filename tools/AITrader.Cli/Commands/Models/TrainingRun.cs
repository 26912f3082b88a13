using System.Text.Json;
using AITrader.Cli.Building;
using AITrader.Cli.Failures;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Cli.Views;
using AITrader.Registry.Cards;
using Spectre.Console;

namespace AITrader.Cli.Commands.Models;

/// <summary>Runs the program that trains: a process of its own, since models take half a gigabyte of native code that nothing else of the
/// command line needs.</summary>
internal sealed class TrainingRun(
    Installation installation,
    Builder builder,
    Requirements requirements,
    ProgressDisplay bar,
    IAnsiConsole console
)
{
    private const string Project = "AITrader.Training";

    /// <summary>Trains as an order says, and shows what came of it.</summary>
    /// <param name="model">Name of the model, for the display.</param>
    /// <param name="order">The order, as JSON.</param>
    /// <param name="asJson">Whether to show the card as JSON.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="Refusal">It failed; the text says why.</exception>
    public async Task RunAsync(string model, byte[] order, bool asJson, CancellationToken ct)
    {
        var path = await TrainAsync($"training {model}", order, ct);
        if (asJson)
        {
            console.Say(await File.ReadAllTextAsync(path, ct));
            return;
        }

        var card = CardFile.Read(path) ?? throw new Refusal($"{path} is gone");
        console.SayAll(ModelView.Lines(card, answers: card.Previous is null));
        if (card.Previous is not null)
        {
            console.Say($"it does not answer yet: ./aitrader models promote {card.Model} {card.Version}");
        }
    }

    private async Task<string> TrainAsync(string title, byte[] order, CancellationToken ct)
    {
        await requirements.EnsureAsync(Requirements.ToRun, ct);
        await builder.BuildAsync($"tools/{Project}/{Project}.csproj", "the training program", ct);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, order, ct);
            return await bar.RunAsync(title, 1, work => RunAsync(file, work, ct));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<string> RunAsync(string file, IProgressReport work, CancellationToken ct)
    {
        var (card, error, other) = ((string?)null, (string?)null, new List<string>());
        var code = await ExternalProgram.RunAsync(
            new ExternalCall("dotnet", [installation.ProgramOf(Project), file], installation.Root),
            text =>
            {
                if (LineOf(text) is { } line)
                {
                    Show(line, work);
                    card = TextOf(line, "card") ?? card;
                    error = TextOf(line, "error") ?? error;
                }
                else
                {
                    other.Add(text);
                }
            },
            ct
        );
        return code == 0 && card is not null
            ? card
            : throw new Refusal(error ?? $"training ended with code {code}:\n{string.Join('\n', other.TakeLast(20))}");
    }

    private static JsonElement? LineOf(string text)
    {
        try
        {
            return text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Show(JsonElement line, IProgressReport work)
    {
        var (stage, done, total) = (TextOf(line, "stage"), Number(line, "done") ?? 0, Number(line, "total") ?? 0);
        if (total > 0)
        {
            work.SetTotal(total);
        }

        var loss = Number(line, "loss") is { } now ? FormattableString.Invariant($", loss {now:0.000}") : string.Empty;
        var best = Number(line, "best") is { } least ? FormattableString.Invariant($", best on validation {least:0.000}") : string.Empty;
        work.Report(total > 0 ? done : 0, FormattableString.Invariant($"{stage} {done:0}{loss}{best}"));
    }

    private static string? TextOf(JsonElement line, string name) =>
        line.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static double? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
}
