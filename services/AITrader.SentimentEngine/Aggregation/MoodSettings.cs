namespace AITrader.SentimentEngine.Aggregation;

/// <summary>How opinions become a reading.</summary>
/// <param name="Window">Age, from publication, from which an opinion does not count.</param>
/// <param name="HalfLife">Age at which it counts half.</param>
/// <param name="JudgedAfter">When an opinion is compared with what others said.</param>
/// <param name="History">How long such verdicts count for the source.</param>
internal sealed record MoodSettings(TimeSpan Window, TimeSpan HalfLife, TimeSpan JudgedAfter, TimeSpan History)
{
    /// <summary>How far back items have to be read for a book to be as if it had always run.</summary>
    public TimeSpan Memory => History + (2 * JudgedAfter) + Window;
}
