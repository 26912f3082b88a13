namespace AITrader.Signals.Patterns;

/// <summary>What a message adds to a name that nothing has: the one that was meant, where one is near.</summary>
public static class NameHint
{
    private const int MaxDistance = 3;

    /// <summary>"; did you mean 'breakout'?" where one of the names is at most three letters off, else "; docs/formulas.md lists
    /// them".</summary>
    public static string Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        var nearest = known.Select(candidate => (Name: candidate, Off: Distance(name, candidate))).MinBy(static candidate => candidate.Off);
        return nearest.Name is not null && nearest.Off <= Math.Min(MaxDistance, nearest.Name.Length / 2)
            ? $"; did you mean '{nearest.Name}'?"
            : "; docs/formulas.md lists them";
    }

    // Levenshtein, upper and lower case alike.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = corner + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
