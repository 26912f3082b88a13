namespace AITrader.Learning.Sentiment;

/// <summary>How a sentiment model is trained.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
public sealed record SentimentOptions
{
    /// <summary>Splits the rows, draws first weights and batches.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Pieces of the vocabulary at most.</summary>
    public int Vocabulary { get; set; } = 2_000;

    /// <summary>Pieces of a text that are read at once, with the two that stand around it.</summary>
    public int Length { get; set; } = 64;

    /// <summary>Values that stand for a piece.</summary>
    public int Width { get; set; } = 16;

    /// <summary>Layers of attention of the transformer.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>Models that are trained, each with first weights and batches of its own; what is served is the mean of their
    /// scores.</summary>
    public int Members { get; set; } = 3;

    /// <summary>Steps at most.</summary>
    public long Steps { get; set; } = 300;

    /// <summary>Highest rate of a step of the bag of words.</summary>
    public double Rate { get; set; } = 0.003;

    /// <summary>Highest rate of a step of the transformer, whose parts build on each other.</summary>
    public double TransformerRate { get; set; } = 0.001;

    /// <summary>Share of the rate by which a step shrinks each weight.</summary>
    public double Decay { get; set; } = 0.1;

    /// <summary>Share of the pieces of a text that a step does not see, each time others.</summary>
    public double Dropped { get; set; } = 0.3;

    /// <summary>Rows of a step.</summary>
    public int Rows { get; set; } = 64;

    /// <summary>Steps between two validations.</summary>
    public int ValidateEvery { get; set; } = 25;

    /// <summary>Validations without a better result after which a training ends.</summary>
    public int Patience { get; set; } = 8;

    /// <summary>Processors that a step may take.</summary>
    public int Threads { get; set; } = 1;
}
