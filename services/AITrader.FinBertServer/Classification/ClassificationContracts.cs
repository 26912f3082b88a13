namespace AITrader.FinBertServer.Classification;

/// <summary>Texts to classify as positive, neutral or negative for the instrument they speak of.</summary>
/// <param name="Texts">One to 64 texts.</param>
public sealed record ClassifyRequest(IReadOnlyList<string> Texts);
