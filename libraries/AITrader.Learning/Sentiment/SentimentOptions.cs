namespace AITrader.Learning.Sentiment;

/// <summary>How a sentiment model is trained.</summary>
public sealed record SentimentOptions
{
    /// <summary>Splits the rows, draws first weights and batches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Pieces of the vocabulary at most.</summary>
    public int Vocabulary { get; init; } = 2_000;

    /// <summary>Pieces of a text that are read at once, with the two that stand around it.</summary>
    public int Length { get; init; } = 64;

    /// <summary>Values that stand for a piece.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Layers of attention of the transformer.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Models that are trained, each with first weights and batches of its own; what is served is the mean of their scores.</summary>
    public int Members { get; init; } = 5;

    /// <summary>Steps at most.</summary>
    public long Steps { get; init; } = 1_500;

    /// <summary>Highest rate of a step.</summary>
    public double Rate { get; init; } = 0.002;

    /// <summary>Share of the rate by which a step shrinks each weight.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Share of the pieces of a text that a step does not see, each time others.</summary>
    public double Dropped { get; init; } = 0.3;

    /// <summary>Rows of a step.</summary>
    public int Rows { get; init; } = 64;

    /// <summary>Steps between two validations.</summary>
    public int ValidateEvery { get; init; } = 50;

    /// <summary>Validations without a better result after which a training ends.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Processors that a step may take.</summary>
    public int Threads { get; init; } = 1;
}
