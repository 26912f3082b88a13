using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Sentiment;

/// <summary>How far a training is.</summary>
/// <param name="Candidate">The kind of model.</param>
/// <param name="Member">Which one of that kind, from 1.</param>
/// <param name="Step">Steps that it made.</param>
/// <param name="Validation">What its last validation came to: less is better.</param>
public sealed record SentimentProgress(string Candidate, int Member, long Step, double? Validation);

/// <summary>How well somebody judges the held-out texts.</summary>
/// <param name="Name">Who.</param>
/// <param name="Validation">On the rows that the choice is made by; null for what is only compared with.</param>
/// <param name="HeldOut">On the rows that nothing is chosen by.</param>
public sealed record SentimentResult(string Name, ClassificationScore? Validation, ClassificationScore HeldOut);

/// <summary>A trained model with what it is worth.</summary>
/// <param name="Files">Content of each file by its path below the model's folder.</param>
/// <param name="Split">The rows that it was made and judged with.</param>
/// <param name="Baselines">Those that it has to beat: the most frequent class, and the lexicon.</param>
/// <param name="Candidates">What was trained; the first one is what the files hold.</param>
public sealed record SentimentModel(
    IReadOnlyDictionary<string, byte[]> Files,
    SentimentSplit Split,
    IReadOnlyList<SentimentResult> Baselines,
    IReadOnlyList<SentimentResult> Candidates
)
{
    /// <summary>What the files hold.</summary>
    public SentimentResult Best => Candidates[0];

    /// <summary>Writes the files; the graph comes last, so that a service that watches the folder finds the others beside it.</summary>
    /// <param name="folder">Folder of the model, such as <c>models/sentiment-small</c>.</param>
    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (var (path, content) in Files.OrderBy(static file => file.Key.EndsWith(".onnx", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync($"{target}.new", content, ct);
            File.Move($"{target}.new", target, overwrite: true);
        }
    }
}
