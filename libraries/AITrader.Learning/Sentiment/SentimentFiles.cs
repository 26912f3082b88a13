using System.Globalization;
using System.Text;
using AITrader.Learning.Models;

namespace AITrader.Learning.Sentiment;

/// <summary>What lies beside the graph of a sentiment model, in the layout of published BERT classifiers.</summary>
internal static class SentimentFiles
{
    public static Dictionary<string, byte[]> Of(TextClassifierOptions model, IReadOnlyList<string> vocabulary) =>
        new(StringComparer.Ordinal)
        {
            ["config.json"] = Utf8(Configuration(model)),
            ["vocab.txt"] = Utf8($"{string.Join('\n', vocabulary)}\n"),
        };

    private static string Configuration(TextClassifierOptions model) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "architectures": ["AITraderTextClassifier"],
              "id2label": { "0": "negative", "1": "positive", "2": "neutral" },
              "problem_type": "single_label_classification",
              "max_position_embeddings": {{model.Length}},
              "vocab_size": {{model.Vocabulary}}
            }

            """
        );

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
}
