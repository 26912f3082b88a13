using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Catalogue;

/// <summary>The patterns that run: a set over a <see cref="PatternCatalogue"/>.</summary>
public readonly record struct PatternSelection
{
    private readonly UInt128 _set;

    private PatternSelection(UInt128 set) => _set = set;

    /// <summary>Every pattern of a catalogue that points somewhere.</summary>
    public static PatternSelection DefaultOf(PatternCatalogue catalogue) => Where(catalogue, static definition => !definition.IsNeutral);

    /// <summary>Whether a pattern runs.</summary>
    public bool Contains(int pattern) => (_set >> pattern & UInt128.One) != 0;

    /// <summary>The set with a pattern in it, or without it.</summary>
    public PatternSelection With(int pattern, bool runs) => new(runs ? _set | (UInt128.One << pattern) : _set & ~(UInt128.One << pattern));

    /// <summary>The low and the high half as bits, to be stored.</summary>
    internal (long Low, long High) Bits => ((long)(ulong)_set, (long)(ulong)(_set >> 64));

    /// <summary>The patterns of a catalogue that satisfy a condition.</summary>
    public static PatternSelection Where(PatternCatalogue catalogue, Func<PatternDefinition, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(condition);
        return catalogue
            .All.Where(condition)
            .Aggregate(default(PatternSelection), static (set, definition) => set.With(definition.Index, runs: true));
    }

    /// <summary>The patterns of the library with these names or wildcards.</summary>
    /// <exception cref="ArgumentException">One of them names nothing.</exception>
    public static PatternSelection Of(params IReadOnlyList<string> selectors) =>
        TryCreate(PatternCatalogue.BuiltIn, selectors, out var selection, out var problem)
            ? selection
            : throw new ArgumentException(problem, nameof(selectors));

    /// <summary>Reads names (<c>breakout</c>) and wildcards of names or of family.name (<c>candlestick.*</c>); a leading <c>!</c> takes
    /// out, the later one wins.</summary>
    /// <remarks>No selector at all is the default, and so is what a list that begins with <c>!</c> takes from. A wildcard never takes in a
    /// neutral pattern.</remarks>
    public static bool TryCreate(
        PatternCatalogue catalogue,
        IReadOnlyList<string> selectors,
        out PatternSelection selection,
        [NotNullWhen(false)] out string? problem
    )
    {
        ArgumentNullException.ThrowIfNull(selectors);
        selection = selectors.Count == 0 || selectors[0].StartsWith('!') ? DefaultOf(catalogue) : default;
        foreach (var selector in selectors)
        {
            var runs = !selector.StartsWith('!');
            var expression = runs ? selector : selector[1..];
            problem = FindProblem(catalogue, expression, runs);
            if (problem is not null)
            {
                return false;
            }

            foreach (var definition in catalogue.All.Where(definition => Matches(definition, expression)))
            {
                selection = selection.With(definition.Index, runs && !definition.IsNeutral);
            }
        }

        problem = null;
        return true;
    }

    private static string? FindProblem(PatternCatalogue catalogue, string expression, bool runs)
    {
        if (catalogue.Find(expression) is >= 0 and var named && catalogue.All[named].IsNeutral && runs)
        {
            return $"{expression} points nowhere, so that it can give no signal";
        }

        if (catalogue.All.Any(definition => Matches(definition, expression)))
        {
            return null;
        }

        return $"'{expression}' is no pattern and no family{NameHint.Of(expression, catalogue.Names)}";
    }

    private static bool Matches(PatternDefinition definition, string expression) =>
        FileSystemName.MatchesSimpleExpression(expression, definition.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(expression, $"{definition.Family.Name()}.{definition.Name}", ignoreCase: false);
}
