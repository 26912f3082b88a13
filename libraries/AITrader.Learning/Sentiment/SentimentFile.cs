using System.Text;
using nietras.SeparatedValues;

namespace AITrader.Learning.Sentiment;

/// <summary>Reads texts with labels: CSV (RFC 4180) whose header names the columns <c>text</c> and <c>label</c>.</summary>
/// <remarks>A label is 0, 1 or 2 (bearish, bullish, neutral, as the twitter set of financial news has them), or one of the words negative,
/// positive, neutral, bearish, bullish.</remarks>
public static class SentimentFile
{
    private const string Text = "text";
    private const string Label = "label";

    private static readonly Dictionary<string, SentimentLabel> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["0"] = SentimentLabel.Negative,
        ["1"] = SentimentLabel.Positive,
        ["2"] = SentimentLabel.Neutral,
        ["negative"] = SentimentLabel.Negative,
        ["positive"] = SentimentLabel.Positive,
        ["neutral"] = SentimentLabel.Neutral,
        ["bearish"] = SentimentLabel.Negative,
        ["bullish"] = SentimentLabel.Positive,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not such a file; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<SentimentRow> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path, Encoding.UTF8);
        return Read(reader);
    }

    /// <summary>Reads rows.</summary>
    /// <exception cref="InvalidDataException">They are not as described; the message says where.</exception>
    public static IReadOnlyList<SentimentRow> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var csv = Sep.New(',').Reader(static options => options with { Unescape = true }).From(reader);
        if (csv.IsEmpty)
        {
            throw new InvalidDataException("The file is empty: a header with text and label is expected.");
        }

        var header = csv.Header.ColNames;
        if (!header.Contains(Text) || !header.Contains(Label))
        {
            throw new InvalidDataException($"The header is '{string.Join(',', header)}': columns text and label are expected.");
        }

        var rows = new List<SentimentRow>();
        foreach (var row in csv)
        {
            var label = row[Label].ToString().Trim();
            rows.Add(
                Labels.TryGetValue(label, out var known)
                    ? new SentimentRow(row[Text].ToString(), known)
                    : throw new InvalidDataException(
                        $"Row {row.RowIndex} has the label '{label}'; it is one of {string.Join(", ", Labels.Keys)}."
                    )
            );
        }

        return rows;
    }
}
