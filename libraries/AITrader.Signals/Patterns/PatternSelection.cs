using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;

namespace AITrader.Signals.Patterns;

/// <summary>The patterns that run: a set over <see cref="PatternCatalogue"/>.</summary>
public readonly record struct PatternSelection
{
    private readonly UInt128 _set;

    private PatternSelection(UInt128 set) => _set = set;

    /// <summary>Every pattern that points somewhere.</summary>
    public static PatternSelection Default { get; } = Where(static definition => !definition.IsNeutral);

    /// <summary>Whether a pattern runs.</summary>
    public bool Contains(int pattern) => (_set >> pattern & UInt128.One) != 0;

    /// <summary>The set with a pattern in it, or without it.</summary>
    public PatternSelection With(int pattern, bool runs) => new(runs ? _set | (UInt128.One << pattern) : _set & ~(UInt128.One << pattern));

    /// <summary>The low and the high half as bits, to be stored.</summary>
    internal (long Low, long High) Bits => ((long)(ulong)_set, (long)(ulong)(_set >> 64));

    /// <summary>The patterns that satisfy a condition.</summary>
    public static PatternSelection Where(Func<PatternDefinition, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return PatternCatalogue
            .All.Where(condition)
            .Aggregate(default(PatternSelection), static (set, definition) => set.With(definition.Index, runs: true));
    }

    /// <summary>The patterns of these names or wildcards.</summary>
    /// <exception cref="ArgumentException">One of them names nothing.</exception>
    public static PatternSelection Of(params IReadOnlyList<string> selectors) =>
        TryCreate(selectors, out var selection, out var problem) ? selection : throw new ArgumentException(problem, nameof(selectors));

    /// <summary>Reads names (<c>breakout</c>) and wildcards of names or of family.name (<c>candlestick.*</c>); a leading <c>!</c> takes
    /// out, the later one wins.</summary>
    /// <remarks>No selector at all is the default, and so is what a list that begins with <c>!</c> takes from. A wildcard never takes in a
    /// neutral pattern.</remarks>
    public static bool TryCreate(IReadOnlyList<string> selectors, out PatternSelection selection, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        selection = selectors.Count == 0 || selectors[0].StartsWith('!') ? Default : default;
        foreach (var selector in selectors)
        {
            var runs = !selector.StartsWith('!');
            var expression = runs ? selector : selector[1..];
            problem = FindProblem(expression, runs);
            if (problem is not null)
            {
                return false;
            }

            foreach (var definition in PatternCatalogue.All.Where(definition => Matches(definition, expression)))
            {
                selection = selection.With(definition.Index, runs && !definition.IsNeutral);
            }
        }

        problem = null;
        return true;
    }

    private static string? FindProblem(string expression, bool runs)
    {
        if (PatternCatalogue.Find(expression) is >= 0 and var named && PatternCatalogue.All[named].IsNeutral && runs)
        {
            return $"{expression} points nowhere, so that it can give no signal";
        }

        if (PatternCatalogue.All.Any(definition => Matches(definition, expression)))
        {
            return null;
        }

        return expression.StartsWith(PatternFamily.Model.Name(), StringComparison.Ordinal)
            ? $"'{expression}' is no pattern: no classifier is wired"
            : $"'{expression}' is no pattern and no family{NameHint.Of(expression, PatternCatalogue.Names)}";
    }

    private static bool Matches(PatternDefinition definition, string expression) =>
        FileSystemName.MatchesSimpleExpression(expression, definition.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(expression, $"{definition.Family.Name()}.{definition.Name}", ignoreCase: false);
}
