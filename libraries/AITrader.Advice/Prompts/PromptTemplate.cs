using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AITrader.Advice.Prompts;

/// <summary>A prompt as it was released. A changed text is a new version, so that a stored answer names the words that led to it.</summary>
public sealed partial class PromptTemplate
{
    private const string Separator = "\n===\n";

    private readonly string _user;

    private PromptTemplate(string id, int version, string text)
    {
        var parts = text.Split(Separator);
        (Id, Version, System, _user) = (id, version, parts[0], parts[1]);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The newest prompt of a signal's advice.</summary>
    public static PromptTemplate Advice { get; } = Load("advice", 1);

    /// <summary>Name.</summary>
    public string Id { get; }

    /// <summary>Version, from 1.</summary>
    public int Version { get; }

    /// <summary>SHA-256 of its text, hex.</summary>
    public string Sha256 { get; }

    /// <summary>The model's rules. No text from outside is part of them.</summary>
    public string System { get; }

    /// <summary>Loads a released template.</summary>
    /// <exception cref="ArgumentException">There is none of this name and version.</exception>
    public static PromptTemplate Load(string id, int version)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{id}.{version}.md");
        using var stream = typeof(PromptTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no template {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A clone on Windows may have other ends of lines; the hash must not.
        return new PromptTemplate(id, version, reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    /// <summary>The question to the model. What is filled in is not looked through for further places.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values) => Place().Replace(_user, match => values[match.Groups[1].Value]);

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
