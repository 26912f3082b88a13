namespace AITrader.FinBertServer.Prediction;

/// <summary>Texts to classify: one, or several.</summary>
/// <param name="Text">A text.</param>
/// <param name="Texts">Texts, in place of one.</param>
public sealed record PredictRequest(string? Text = null, IReadOnlyList<string?>? Texts = null);

/// <summary>Answers in the order of the texts.</summary>
/// <param name="Predictions">One for each text.</param>
/// <param name="Model">Name of the model that gave them.</param>
/// <param name="Version">Its version.</param>
public sealed record PredictResponse(IReadOnlyList<TextPrediction> Predictions, string Model, string Version);

/// <summary>What a text says about the instrument that it speaks of.</summary>
/// <param name="Label"><c>positive</c>, <c>negative</c> or <c>neutral</c>: the one with the highest score.</param>
/// <param name="Scores">Probabilities, as the model has them.</param>
/// <param name="Windows">Parts in which the text was read; scores are their mean by words.</param>
/// <param name="Truncated">Whether the text goes on after the last part.</param>
public sealed record TextPrediction(string Label, LabelScores Scores, int Windows, bool Truncated);

/// <summary>A probability for each label; they add up to 1.</summary>
/// <param name="Positive">0 to 1.</param>
/// <param name="Negative">0 to 1.</param>
/// <param name="Neutral">0 to 1.</param>
public sealed record LabelScores(double Positive, double Negative, double Neutral)
{
    internal string Best =>
        Positive > Negative && Positive > Neutral ? "positive"
        : Negative > Neutral ? "negative"
        : "neutral";
}
