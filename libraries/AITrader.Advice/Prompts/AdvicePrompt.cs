using System.Globalization;
using System.Text;
using AITrader.Advice.Questions;

namespace AITrader.Advice.Prompts;

/// <summary>Writes a question and its passages into the template.</summary>
internal static class AdvicePrompt
{
    private const int MaxWord = 100;
    private const int MaxTitle = 300;

    /// <summary>The same question gives the same text.</summary>
    public static string Write(PromptTemplate template, AdviceQuestion question, int maxPassage) =>
        template.Fill(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["question"] = Question(question),
                ["passages"] = string.Join('\n', question.Passages.Select((passage, at) => Passage(passage, at + 1, maxPassage))),
            }
        );

    private static string Question(AdviceQuestion question)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"symbol: {Word(question.Symbol)}\n");
        text.Append(CultureInfo.InvariantCulture, $"event time: {question.EventTime.UtcDateTime:O}\n");
        text.Append(CultureInfo.InvariantCulture, $"signal: {Word(question.Pattern)}, score {question.Score:0.####}\n");
        text.Append(CultureInfo.InvariantCulture, $"position: {question.Position}");
        foreach (var (name, value) in question.Factors.OrderBy(static factor => factor.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nfactor {Word(name)}: {value:0.####}");
        }

        return text.ToString();
    }

    private static string Passage(QuotedPassage passage, int number, int maxPassage)
    {
        var (source, title, text) = (Word(passage.Source), QuotedText.Of(passage.Title, MaxTitle), QuotedText.Of(passage.Text, maxPassage));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<passage number=\"{number}\" source=\"{source}\" published=\"{passage.PublishedAt.UtcDateTime:O}\" title=\"{title}\">\n{text}\n</passage>"
        );
    }

    private static string Word(string text) => QuotedText.Of(text, MaxWord);
}
