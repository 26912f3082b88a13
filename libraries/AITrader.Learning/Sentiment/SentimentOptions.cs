namespace AITrader.Learning.Sentiment;

/// <summary>How a sentiment model is trained.</summary>
public sealed record SentimentOptions
{
    /// <summary>Where the rows are from and under which licence, for the model's card.</summary>
    public string Source { get; init; } = "not said";

    /// <summary>Splits the rows, draws first weights and batches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Pieces of the vocabulary at most.</summary>
    public int Vocabulary { get; init; } = 2_000;

    /// <summary>Pieces of a text that are read at once, with the two that stand around it.</summary>
    public int Length { get; init; } = 64;

    /// <summary>Values that stand for a piece.</summary>
    public int Width { get; init; } = 16;

    /// <summary>Layers of attention of the transformer.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Models that are trained, each with first weights and batches of its own; what is served is the mean of their
    /// scores.</summary>
    public int Members { get; init; } = 3;

    /// <summary>Steps at most.</summary>
    public long Steps { get; init; } = 300;

    /// <summary>Highest rate of a step of the bag of words.</summary>
    public double Rate { get; init; } = 0.003;

    /// <summary>Highest rate of a step of the transformer, whose parts build on each other.</summary>
    public double TransformerRate { get; init; } = 0.001;

    /// <summary>Share of the rate by which a step shrinks each weight.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Share of the pieces of a text that a step does not see, each time others.</summary>
    public double Dropped { get; init; } = 0.3;

    /// <summary>Rows of a step.</summary>
    public int Rows { get; init; } = 64;

    /// <summary>Steps between two validations.</summary>
    public int ValidateEvery { get; init; } = 25;

    /// <summary>Validations without a better result after which a training ends.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Processors that a step may take.</summary>
    public int Threads { get; init; } = 1;
}
