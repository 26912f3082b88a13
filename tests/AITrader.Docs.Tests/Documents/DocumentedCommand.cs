using System.Text.RegularExpressions;

namespace AITrader.Docs.Tests.Documents;

/// <summary>A command that a file tells its reader to type.</summary>
/// <param name="Document">The file.</param>
/// <param name="Line">Where it is.</param>
/// <param name="Text">What is typed.</param>
/// <param name="Shown">What the file says that comes of it, where that is JSON.</param>
internal sealed partial record DocumentedCommand(Document Document, int Line, string Text, string? Shown)
{
    private static readonly string[] Programs =
    [
        "./aitrader",
        "curl",
        "docker",
        "dotnet",
        "helm",
        "kubectl",
        "npm",
        "pg_dump",
        "psql",
        "redis-cli",
    ];

    /// <summary>How blocks begin that are set four spaces in and are nothing to type.</summary>
    public static readonly string[] NoShell =
    [
        "socket -> decoder -> ",
        "contribution = ",
        "opposing = ",
        "against the position ",
        "{ \"rows\": ",
        "tick                          pattern-engine",
        "GET  /connect/login",
        "POST /admin/ticker/drop",
    ];

    /// <summary>All of a file: in its code, from line to line, and in its tables.</summary>
    public static IEnumerable<DocumentedCommand> In(Document document) =>
        CodeBlock
            .In(document)
            .Where(IsShell)
            .SelectMany(block => InBlock(document, block))
            .Concat(InTables(document))
            .OrderBy(static command => command.Line);

    /// <summary>Commands of ours that a sentence names.</summary>
    public static IEnumerable<DocumentedCommand> InSentences(Document document) =>
        Spans(document, static line => !line.StartsWith('|'))
            .Where(static command => command.Text.StartsWith("./aitrader ", StringComparison.Ordinal));

    /// <summary>Whether something is to be seen then: not of a variable, a function, a change, or what goes into a file.</summary>
    public bool Shows => !Silent().IsMatch(Text);

    public override string ToString() => $"{Document.Name}:{Line}: {Text}";

    private static bool IsShell(CodeBlock block) =>
        block.Language is "" or "sh" or "bash"
        && !Array.Exists(NoShell, start => block.Lines[0].StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<DocumentedCommand> InBlock(Document document, CodeBlock block)
    {
        var begun = string.Empty;
        foreach (var (index, line) in block.Lines.Index())
        {
            if (line.EndsWith('\\'))
            {
                begun += line + "\n";
                continue;
            }

            var parts = Comment().Split(begun + line, 2);
            yield return new DocumentedCommand(
                document,
                block.Line + index,
                parts[0].TrimEnd(),
                parts.ElementAtOrDefault(1) is ['{', ..] shown ? shown : null
            );
            begun = string.Empty;
        }
    }

    private static IEnumerable<DocumentedCommand> InTables(Document document) =>
        Spans(document, static line => line.StartsWith('|'))
            .Where(static command => Array.Exists(Programs, program => command.Text.StartsWith($"{program} ", StringComparison.Ordinal)));

    private static IEnumerable<DocumentedCommand> Spans(Document document, Predicate<string> isWanted) =>
        document
            .Lines.Index()
            .Where(line => isWanted(line.Item) && !line.Item.StartsWith("    ", StringComparison.Ordinal))
            .SelectMany(line =>
                Span()
                    .Matches(line.Item)
                    .Select(span => new DocumentedCommand(
                        document,
                        line.Index + 1,
                        span.Groups[1].Value.Replace(@"\|", "|", StringComparison.Ordinal),
                        Shown: null
                    ))
            );

    [GeneratedRegex(@"\s+# ")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?:export )?[A-Za-z_]+(=\$\(.*\)$|\(\))| -X POST | XRANGE dead:| > \S+$")]
    private static partial Regex Silent();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();
}
