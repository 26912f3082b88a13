using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>What one item says of one symbol, as a model read it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Symbol">Instrument.</param>
/// <param name="Relevance">How much of it is about the symbol, in (0, 1].</param>
/// <param name="Score">Probability of positive less that of negative, in [-1, 1].</param>
/// <param name="Confidence">Largest of the probabilities, in [0, 1].</param>
/// <param name="Model">Name and version of the model.</param>
internal sealed record Opinion(SourceItem Item, string Symbol, double Relevance, double Score, double Confidence, string Model)
{
    /// <summary>Whether it takes a side at all.</summary>
    public bool TakesSide => Math.Abs(Score) >= 0.15;
}

/// <summary>An opinion with its story among the other opinions on the symbol.</summary>
/// <param name="Opinion">The opinion.</param>
/// <param name="Story">Story that it tells.</param>
/// <param name="Likeness">How near the nearest earlier text of the story is; 0 where there is none.</param>
internal sealed record PlacedOpinion(Opinion Opinion, int Story, double Likeness)
{
    public SourceItem Item => Opinion.Item;
}
