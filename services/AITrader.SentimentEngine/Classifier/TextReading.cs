namespace AITrader.SentimentEngine.Classifier;

/// <summary>What a model read in a text.</summary>
/// <param name="Score">Probability of positive less that of negative, in [-1, 1].</param>
/// <param name="Confidence">Largest of the probabilities, in [0, 1].</param>
/// <param name="Model">Name and version of the model.</param>
internal sealed record TextReading(double Score, double Confidence, string Model);

/// <summary>finbert-server cannot read now. Its message says why.</summary>
internal sealed class ClassifierAwayException(string message, Exception? cause = null) : Exception(message, cause);
