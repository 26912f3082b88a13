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
/// <param name="Right">Whether it was right, for each of those.</param>
public sealed record SentimentResult(string Name, ClassificationScore? Validation, ClassificationScore HeldOut, IReadOnlyList<bool> Right);

/// <summary>A trained model with what it is worth.</summary>
/// <param name="Graph">The bytes of its <c>.onnx</c> file.</param>
/// <param name="Files">What lies beside it: <c>config.json</c> and <c>vocab.txt</c>.</param>
/// <param name="Length">Pieces of a text that it reads at once.</param>
/// <param name="Split">The rows that it was made and judged with.</param>
/// <param name="Baselines">Those that it has to beat: the most frequent class, and the lexicon.</param>
/// <param name="Candidates">What was trained; the first one is what the files hold.</param>
public sealed record SentimentModel(
    byte[] Graph,
    IReadOnlyDictionary<string, byte[]> Files,
    int Length,
    SentimentSplit Split,
    IReadOnlyList<SentimentResult> Baselines,
    IReadOnlyList<SentimentResult> Candidates
)
{
    /// <summary>What the files hold.</summary>
    public SentimentResult Best => Candidates[0];

    /// <summary>What counts the words of a list.</summary>
    public SentimentResult Lexicon => Baselines[^1];
}
