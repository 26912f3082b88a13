using AITrader.Cli.Failures;
using AITrader.Cli.Repository;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Cli.Commands.Models;

/// <summary>The model repository that a command works on.</summary>
internal sealed record ModelRepository(string Folder)
{
    public ModelShelf Shelf => new(Folder);

    public static ModelRepository Of(ModelListSettings settings, Installation installation) =>
        new(settings.Repository is { } folder ? Path.GetFullPath(folder) : installation.In("models"));

    /// <summary>The versions of a model.</summary>
    /// <exception cref="Refusal">There is no such model.</exception>
    public IReadOnlyList<int> VersionsOf(string model) =>
        Shelf.VersionsOf(model) is { Count: > 0 } versions
            ? versions
            : throw new Refusal($"there is no model '{model}' in {Folder}; there are: {string.Join(", ", Shelf.Models)}");

    /// <summary>The version that answers where none is asked for.</summary>
    /// <exception cref="Refusal">Its <c>model.json</c> cannot be read.</exception>
    public int AnsweringOf(string model)
    {
        try
        {
            return Shelf.LabelsOf(model).TryGetValue("stable", out var stable) ? stable : VersionsOf(model)[^1];
        }
        catch (InvalidDataException problem)
        {
            throw new Refusal(problem.Message);
        }
    }

    /// <summary>The card of a version; null where it has none.</summary>
    /// <exception cref="Refusal">It cannot be read.</exception>
    public ModelCard? CardOf(string model, int version)
    {
        try
        {
            return Shelf.CardOf(model, version);
        }
        catch (InvalidDataException problem)
        {
            throw new Refusal(problem.Message);
        }
    }
}
