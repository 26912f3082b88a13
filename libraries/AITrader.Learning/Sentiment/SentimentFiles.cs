using System.Globalization;
using System.Text;
using AITrader.Learning.Models;

namespace AITrader.Learning.Sentiment;

/// <summary>The files of a trained model: what is served, and a card that says what it is.</summary>
internal static class SentimentFiles
{
    public static Dictionary<string, byte[]> Of(
        string source,
        TextClassifierOptions model,
        IReadOnlyList<float[]> members,
        IReadOnlyList<string> vocabulary,
        SentimentSplit split,
        IReadOnlyList<SentimentResult> baselines,
        IReadOnlyList<SentimentResult> candidates
    ) =>
        new(StringComparer.Ordinal)
        {
            ["1/model.onnx"] = ServedSentiment.Build(model, members),
            ["1/config.json"] = Utf8(Configuration(model)),
            ["1/vocab.txt"] = Utf8($"{string.Join('\n', vocabulary)}\n"),
            ["model.json"] = Utf8(Description(model, candidates[0].Name)),
            ["README.md"] = Utf8(Card(source, members.Count, vocabulary.Count, split, baselines, candidates)),
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

    private static string Description(TextClassifierOptions model, string kind) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "description": "Sentiment of short financial texts, a small {{kind}}; README.md beside this file says how good it is.",
              "inputs": {
                "input_ids": "numbers of pieces of words (vocab.txt), [CLS] first, [SEP] last, then [PAD] up to {{model.Length}}",
                "attention_mask": "1 for pieces of the text, 0 for [PAD]"
              },
              "outputs": { "logits": "negative, positive, neutral: softmax makes them probabilities" }
            }

            """
        );

    private static string Card(
        string source,
        int members,
        int pieces,
        SentimentSplit split,
        IReadOnlyList<SentimentResult> baselines,
        IReadOnlyList<SentimentResult> candidates
    )
    {
        var served = candidates[0].Name;
        var card = new StringBuilder();
        card.Append(
            CultureInfo.InvariantCulture,
            $"""
            # sentiment-small

            Says whether a short financial text is good news, bad news or neither. What is served is a **{served}**, the mean of {members} of them, which know
            {pieces} words and parts of words; it is small, knows few words, and stands in until `finbert-tone` is installed ([docs/models.md](../../docs/models.md#texts)).

            | on {split.HeldOut.Count} held-out texts | accuracy | macro F1 | F1 negative, positive, neutral |
            |---|---|---|---|

            """
        );
        AppendFigures(card, candidates.Concat(baselines));
        AppendNotes(card, source, split, candidates);
        return card.ToString();
    }

    private static void AppendFigures(StringBuilder card, IEnumerable<SentimentResult> results)
    {
        foreach (var result in results)
        {
            var score = result.HeldOut;
            var f1 = string.Join(", ", score.F1.Select(static value => value.ToString("0.00", CultureInfo.InvariantCulture)));
            card.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {score.Accuracy:0.000} | {score.MacroF1:0.000} | {f1} |\n");
        }
    }

    private static void AppendNotes(StringBuilder card, string source, SentimentSplit split, IReadOnlyList<SentimentResult> candidates)
    {
        var chosen = string.Join(
            ", ",
            candidates.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Validation!.MacroF1:0.000}"))
        );
        card.Append(
            CultureInfo.InvariantCulture,
            $"""

            - **Data**: {source}.
            - **Made by** `SentimentTraining` in `libraries/AITrader.Learning`: the same file gives the same model.
            - **Choice**: by macro F1 on {split.Validation.Count} validation texts ({chosen}), not by the table above.
            - **Training**: {split.Training.Count} texts; both kinds begin as the lexicon (`FinanceLexicon`) and go on from there. Vocabulary and weights are made of these texts alone.
            - **Split**: by the hash of a text's words, without links, tickers and numbers; {split.Dropped} texts that are about the same as one of a later part were left out.
            - **Limits**: English headlines and tweets about companies; sarcasm, comparisons and who of several companies is meant are beyond it. With so few texts an accuracy
              is known to about ± {ErrorOf(candidates[0]) * 100:0} points.

            """
        );
    }

    // Half the width of the interval that holds 95 of 100: of a share, by its rows.
    private static double ErrorOf(SentimentResult result)
    {
        var share = result.HeldOut.Accuracy;
        return 1.96 * Math.Sqrt(share * (1 - share) / result.HeldOut.Rows);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
}
