using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Learning.Evaluation;
using AITrader.Learning.Recipes;
using AITrader.Learning.Sentiment;
using AITrader.Registry.Cards;
using AITrader.Registry.Shelves;

namespace AITrader.Learning.Publishing;

/// <summary>Puts a trained sentiment model into a model repository, with its card.</summary>
public static class SentimentPublisher
{
    /// <summary>What it does, as cards have it.</summary>
    public const string Task = "sentiment";

    /// <summary>Adds it as the newest version.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ModelCard Publish(ModelShelf shelf, SentimentOptions recipe, SentimentModel trained, TrainingOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(origin);
        long[] shape = [1, trained.Length];
        var kind = new ModelKind(
            "Sentiment of short financial texts",
            new Dictionary<string, string>
            {
                ["input_ids"] =
                    $"int64 [batch, {trained.Length}]: numbers of pieces of words (vocab.txt), [CLS] first, [SEP] last, then [PAD]",
                ["attention_mask"] = $"int64 [batch, {trained.Length}]: 1 for pieces of the text, 0 for [PAD]",
            },
            new Dictionary<string, string>
            {
                ["logits"] = "float32 [batch, 3]: negative, positive, neutral; softmax makes them probabilities",
            },
            new Dictionary<string, long[]> { ["input_ids"] = shape, ["attention_mask"] = shape }
        );
        return shelf.Add(kind, trained.Graph, trained.Files, CardOf(recipe, trained, origin));
    }

    private static ModelCard CardOf(SentimentOptions recipe, SentimentModel trained, TrainingOrigin origin) =>
        new()
        {
            Model = origin.Model,
            Version = 0,
            Task = Task,
            Summary =
                $"Says whether a short financial text is good news, bad news or neither: a {trained.Best.Name}, the mean of {recipe.Members}, "
                + "which begins as a lexicon and goes on from there.",
            TrainedAt = origin.TrainedAt,
            Code = TrainingOrigin.Code,
            Command = origin.Command,
            Sha256 = string.Empty,
            Data = DataOf(trained.Split, origin),
            Recipe = RecipeJson.Write(recipe),
            Metrics = MetricsOf(trained),
            Verdict = VerdictOf(trained),
            Job = origin.Job,
            Limits =
            [
                "English headlines and tweets about companies; sarcasm, comparisons and who of several companies is meant are beyond it.",
                $"Of {trained.Best.Right.Count} held-out texts an accuracy is known to about ± {ErrorOf(trained.Best):0} points.",
                "The kind of model was chosen by macro F1 on the validation texts, not by the figures above.",
            ],
        };

    private static CardData DataOf(SentimentSplit split, TrainingOrigin origin)
    {
        SentimentRow[] rows = [.. split.Training, .. split.Validation, .. split.HeldOut];
        return new CardData(
            VersionOf(rows),
            origin.Sources,
            [
                .. rows.CountBy(static row => row.Label)
                    .OrderBy(static label => label.Key)
                    .Select(static label => new CardPart(label.Key.ToString().ToLowerInvariant(), label.Value, null, null)),
            ],
            new Dictionary<string, int>
            {
                ["training"] = split.Training.Count,
                ["validation"] = split.Validation.Count,
                ["test"] = split.HeldOut.Count,
                ["left out as about the same"] = split.Dropped,
            },
            origin.Licence
        );
    }

    private static Dictionary<string, double?> MetricsOf(SentimentModel trained)
    {
        var metrics = new Dictionary<string, double?>();
        foreach (var result in trained.Candidates.Concat(trained.Baselines))
        {
            var name = result.Name.Replace(' ', '_');
            metrics[$"{name}_accuracy"] = result.HeldOut.Accuracy;
            metrics[$"{name}_macro_f1"] = result.HeldOut.MacroF1;
            if (result.Validation is { } validation)
            {
                metrics[$"{name}_validation_macro_f1"] = validation.MacroF1;
            }
        }

        foreach (var label in Enum.GetValues<SentimentLabel>())
        {
            metrics[$"f1_{label.ToString().ToLowerInvariant()}"] = trained.Best.HeldOut.F1[(int)label];
        }

        metrics["p_by_chance"] = McNemar.FirstIsBetterP(trained.Best.Right, trained.Lexicon.Right);
        return metrics;
    }

    private static CardVerdict VerdictOf(SentimentModel trained)
    {
        var (best, lexicon) = (trained.Best.HeldOut, trained.Lexicon.HeldOut);
        var p = McNemar.FirstIsBetterP(trained.Best.Right, trained.Lexicon.Right);
        return new CardVerdict(
            best.MacroF1 > lexicon.MacroF1 && p <= ModelVerdict.UsualSignificance,
            string.Create(
                CultureInfo.InvariantCulture,
                $"accuracy {best.Accuracy:0.000} and macro F1 {best.MacroF1:0.000} beside {lexicon.Accuracy:0.000} and {lexicon.MacroF1:0.000} of a lexicon; by chance so much has a probability of {ModelVerdict.Words(p)}"
            )
        );
    }

    // Half the width of the interval that holds 95 of 100, in points.
    private static double ErrorOf(SentimentResult result)
    {
        var share = result.HeldOut.Accuracy;
        return 196 * Math.Sqrt(share * (1 - share) / result.HeldOut.Rows);
    }

    private static string VersionOf(IEnumerable<SentimentRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows.OrderBy(static row => row.Text, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{(int)row.Label}{row.Text}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
