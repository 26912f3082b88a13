using System.Text.RegularExpressions;
using AITrader.TestSupport;

namespace AITrader.Docs.Tests.Documents;

/// <summary>What a file points to.</summary>
internal static partial class Links
{
    private static readonly Dictionary<string, HashSet<string>> Anchors = Document.All.ToDictionary(
        static document => document.Name,
        static document => AnchorsOf(document).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal
    );

    /// <summary>The links of a file that lead nowhere; those out of the repository are nobody's promise.</summary>
    public static IEnumerable<string> BrokenIn(Document document) =>
        document
            .Lines.Index()
            .Where(static line => !line.Item.StartsWith("    ", StringComparison.Ordinal))
            .SelectMany(line =>
                Link().Matches(Code().Replace(line.Item, "`")).Select(match => (Line: line.Index + 1, Target: match.Groups[1].Value))
            )
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !Leads(document, link.Target))
            .Select(link => $"{document.Name}:{link.Line}: {link.Target}");

    private static bool Leads(Document document, string target)
    {
        var parts = target.Split('#', 2);
        var path =
            parts[0].Length == 0
                ? document.Name
                : Path.GetRelativePath(
                    SharedData.RepositoryRoot,
                    Path.GetFullPath(Path.Combine(SharedData.RepositoryRoot, document.Folder, parts[0]))
                );
        return Path.Exists(Path.Combine(SharedData.RepositoryRoot, path))
            && (parts.Length == 1 || (Anchors.TryGetValue(path, out var anchors) && anchors.Contains(parts[1])));
    }

    // As GitHub makes them: small letters, digits and hyphens of the heading; the second of one name is `name-1`.
    private static IEnumerable<string> AnchorsOf(Document document) =>
        document
            .Lines.Where(static line => Heading().IsMatch(line))
            .Select(static line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'))
            .GroupBy(static anchor => anchor)
            .SelectMany(static same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}"));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex NoAnchor();
}
