namespace AITrader.Docs.Tests.Documents;

/// <summary>Lines of code, between fences or four spaces in.</summary>
/// <param name="Line">The number of its first line.</param>
/// <param name="Language">What the fence says; empty where there is none.</param>
/// <param name="Lines">The code.</param>
internal sealed record CodeBlock(int Line, string Language, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";
    private const string Indent = "    ";

    /// <summary>The blocks of a file, from above.</summary>
    public static IEnumerable<CodeBlock> In(Document document)
    {
        var lines = document.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            var block =
                lines[i].StartsWith(Fence, StringComparison.Ordinal) ? Fenced(lines, i)
                : IsIndented(lines[i]) && (i == 0 || lines[i - 1].Length == 0 || lines[i - 1].StartsWith('#')) ? Indented(lines, i)
                : null;
            if (block is not null)
            {
                yield return block;
                i = block.Line - 1 + block.Lines.Count;
            }
        }
    }

    private static CodeBlock Fenced(IReadOnlyList<string> lines, int fence) =>
        new(
            fence + 2,
            lines[fence][Fence.Length..],
            [.. lines.Skip(fence + 1).TakeWhile(static line => !line.StartsWith(Fence, StringComparison.Ordinal))]
        );

    private static CodeBlock Indented(IReadOnlyList<string> lines, int first) =>
        new(first + 1, string.Empty, [.. lines.Skip(first).TakeWhile(IsIndented).Select(static line => line[Indent.Length..])]);

    private static bool IsIndented(string line) => line.StartsWith(Indent, StringComparison.Ordinal) && line.Trim().Length > 0;
}
