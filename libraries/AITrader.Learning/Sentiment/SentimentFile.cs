using System.Text;

namespace AITrader.Learning.Sentiment;

/// <summary>Reads texts with labels: CSV (RFC 4180) whose header names the columns <c>text</c> and <c>label</c>.</summary>
/// <remarks>A label is 0, 1 or 2 (bearish, bullish, neutral, as the twitter set of financial news has them), or one of the words negative,
/// positive, neutral, bearish, bullish.</remarks>
public static class SentimentFile
{
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
        var header = ReadRecord(reader) ?? throw new InvalidDataException("The file is empty: a header with text and label is expected.");
        var (text, label) = (header.IndexOf("text"), header.IndexOf("label"));
        if (text < 0 || label < 0)
        {
            throw new InvalidDataException($"The header is '{string.Join(',', header)}': columns text and label are expected.");
        }

        var rows = new List<SentimentRow>();
        while (ReadRecord(reader) is { } record)
        {
            if (record is [""])
            {
                continue;
            }

            rows.Add(
                record.Count == header.Count && Labels.TryGetValue(record[label].Trim(), out var known)
                    ? new SentimentRow(record[text], known)
                    : throw new InvalidDataException(
                        $"Row {rows.Count + 1} after the header is '{string.Join(',', record)}': "
                            + $"{header.Count} columns are expected, and a label that is one of {string.Join(", ", Labels.Keys)}."
                    )
            );
        }

        return rows;
    }

    // A field in quotes may hold commas, line ends and doubled quotes.
    private static List<string>? ReadRecord(TextReader reader)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (int next; (next = reader.Read()) >= 0; )
        {
            switch ((char)next)
            {
                case '"' when isQuoted && reader.Peek() == '"':
                    field.Append((char)reader.Read());
                    break;
                case '"' when isQuoted || field.Length == 0:
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case '\n' when !isQuoted:
                    fields.Add(field.ToString());
                    return fields;
                default:
                    field.Append((char)next);
                    break;
            }
        }

        fields.Add(field.ToString());
        return isQuoted ? throw new InvalidDataException("The file ends within a field in quotes.") : fields;
    }
}
