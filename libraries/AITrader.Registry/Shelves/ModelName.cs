using System.Text.RegularExpressions;

namespace AITrader.Registry.Shelves;

/// <summary>Names of models: they are folders, and parts of addresses.</summary>
public static partial class ModelName
{
    /// <summary>What a name may be, in words.</summary>
    public const string Rule = "small letters, digits, '-', '_' and '.', the first a letter or a digit, at most 64";

    /// <summary>Whether a text is a name.</summary>
    public static bool IsValid(string text) => Pattern().IsMatch(text);

    /// <summary>A name.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static string Checked(string name) =>
        IsValid(name) ? name : throw new ArgumentException($"'{name}' is no name of a model: {Rule}", nameof(name));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
