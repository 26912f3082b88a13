using System.Text.RegularExpressions;
using AITrader.TestSupport;

namespace AITrader.Docs.Tests;

/// <summary>docs/where.md sends a newcomer to a file and names the word to search for: one search for the word ends in that file.</summary>
public sealed partial class WhereTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    private static readonly ILookup<string, string> FilesByName = new[]
    {
        "AITrader.AppHost",
        "AITrader.ServiceDefaults",
        "hosting",
        "libraries",
        "services",
        "tools",
    }
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal))
        .ToLookup(static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);

    public static TheoryData<string, string> Answers { get; } =
    [
        .. File.ReadLines(Path.Combine(Root, "docs", "where.md"))
            .Where(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|'))
            .Where(static cells => InBackticks().IsMatch(cells[2]))
            .SelectMany(static cells => Quoted(cells[2]).Zip(Quoted(cells[3]), static (file, word) => (file, word))),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void One_search_for_the_word_ends_in_the_file(string file, string word)
    {
        Assert.Equal([file], FilesByName[word]);
        Assert.Matches($@"\b(class|struct|record|interface|enum) {word}\b", File.ReadAllText(Path.Combine(Root, file)));
    }

    [Fact]
    public void There_are_twenty_questions_at_least() => Assert.True(Answers.Count >= 20);

    private static IEnumerable<string> Quoted(string cell) => InBackticks().Matches(cell).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InBackticks();
}
