using AITrader.TestSupport;

namespace AITrader.Docs.Tests.Documents;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Name">Its path from the root on.</param>
/// <param name="Lines">Its text.</param>
internal sealed record Document(string Name, IReadOnlyList<string> Lines)
{
    private static readonly string[] LeftOut = ["artifacts", "node_modules", "shared"];

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. FilesIn(new DirectoryInfo(SharedData.RepositoryRoot))
            .Select(static file => new Document(
                Path.GetRelativePath(SharedData.RepositoryRoot, file.FullName),
                File.ReadAllLines(file.FullName)
            ))
            .OrderBy(static document => document.Name, StringComparer.Ordinal),
    ];

    /// <summary>Its folder, from the root on.</summary>
    public string Folder => Path.GetDirectoryName(Name) ?? string.Empty;

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder) =>
        folder
            .EnumerateFiles("*.md")
            .Concat(
                folder
                    .EnumerateDirectories()
                    .Where(static below => !LeftOut.Contains(below.Name) && !below.Name.StartsWith('.') && below.LinkTarget is null)
                    .SelectMany(FilesIn)
            );
}
