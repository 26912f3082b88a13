using AITrader.Docs.Tests.Documents;
using AITrader.Docs.Tests.Running;

namespace AITrader.Docs.Tests;

/// <summary>No list of this test outlives what it speaks of.</summary>
public sealed class CommandListTests
{
    [Fact]
    public void What_is_treated_in_a_way_of_its_own_is_in_the_docs()
    {
        var known = Document.All.SelectMany(DocumentedCommand.In).Select(static command => command.Text).ToHashSet(StringComparer.Ordinal);

        Assert.All(Treatment.NotRun.Keys.Concat(Treatment.Instead.Keys), command => Assert.Contains(command, known));
        var blocks = Document.All.SelectMany(CodeBlock.In).Select(static block => block.Lines[0]).ToList();
        Assert.All(DocumentedCommand.NoShell, start => Assert.Contains(blocks, block => block.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Commands_are_read_from_code_and_tables_with_what_they_show()
    {
        var document = new Document(
            "x.md",
            [
                "Run `./aitrader status`:",
                "",
                "    ./aitrader up    # starts",
                "    curl -s a \\",
                "        b  # {\"code\":\"…\"}",
                "",
                "```json",
                "{ }",
                "```",
                "| a | `npm run x`, `name` |",
            ]
        );

        Assert.Equal(
            [(3, "./aitrader up", null), (5, "curl -s a \\\n    b", "{\"code\":\"…\"}"), (10, "npm run x", null)],
            DocumentedCommand.In(document).Select(static command => (command.Line, command.Text, command.Shown))
        );
        Assert.Equal(
            [(1, "./aitrader status")],
            DocumentedCommand.InSentences(document).Select(static command => (command.Line, command.Text))
        );
    }

    [Theory]
    [InlineData("""{"code":"ait_1","expires_at":"2026"}""", true)]
    [InlineData("""{"code":"ait_1"}""", false)]
    [InlineData("""{"code":1,"expires_at":"2026"}""", false)]
    [InlineData("""{"code":"ait_1","expires_at":"2026","more":1}""", false)]
    [InlineData("no", false)]
    public void An_answer_is_like_what_is_shown(string answer, bool expected) =>
        Assert.Equal(expected, JsonShape.IsLike("""{"code":"…","expires_at":"…"}""", answer));
}
