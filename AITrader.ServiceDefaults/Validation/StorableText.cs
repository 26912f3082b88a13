namespace AITrader.ServiceDefaults.Validation;

/// <summary>The one rule for the text of bodies, queries and paths, so that no endpoint passes on what PostgreSQL refuses.</summary>
/// <remarks>PostgreSQL has no character U+0000, neither in text nor in jsonb. Kestrel refuses it in paths and headers by itself.</remarks>
internal static class StorableText
{
    /// <summary>What is wrong with a text that cannot be stored, in words that follow its name.</summary>
    public const string Refusal = "holds the character U+0000";

    private const char Nul = '\0';

    /// <summary>Whether a text can be stored.</summary>
    public static bool IsStorable(string text) => !text.Contains(Nul, StringComparison.Ordinal);

    /// <summary>The text with a question mark in place of each character U+0000, for messages.</summary>
    public static string Printable(string text) => text.Replace(Nul, '?');
}
