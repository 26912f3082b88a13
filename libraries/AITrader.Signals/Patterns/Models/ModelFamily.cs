using AITrader.Domain.Signals;
using AITrader.Signals.Catalogue;

namespace AITrader.Signals.Patterns.Models;

/// <summary>The family <c>model</c>: its patterns are the classes of whatever classifier is wired, so that without one it has
/// none.</summary>
public static class ModelFamily
{
    /// <summary>What the names of its patterns begin with.</summary>
    public const string Prefix = "model_";

    /// <summary>Whether there is one, in words for people.</summary>
    public static string Describe(IPatternClassifier? classifier) =>
        classifier is null
            ? "absent: no classifier is wired, so that the family model has no pattern and gives no signal"
            : $"wired: {classifier.Name}, {classifier.Classes.Count} classes over the last {classifier.Window} prices";

    /// <summary>The classes as patterns, numbered behind <see cref="PatternCatalogue"/>; none without a classifier.</summary>
    public static IReadOnlyList<PatternDefinition> Definitions(IPatternClassifier? classifier) =>
        [.. (classifier?.Classes ?? []).Select((known, i) => Define(classifier!, known, PatternCatalogue.BuiltIn.Count + i))];

    private static PatternDefinition Define(IPatternClassifier classifier, PatternClass known, int index) =>
        new()
        {
            Index = index,
            Name = Prefix + known.Name,
            Family = PatternFamily.Model,
            Input = PatternInput.Tick,
            IsNeutral = known.Direction == SignalDirection.Neutral,
            Evidence = ["probability"],
            Summary = $"class {known.Name} of {classifier.Name}",
            Source = classifier.Name,
            Parameters = PatternDefinition.TickEnds(cooldown: 30, known.HorizonSeconds),
        };
}
