namespace AITrader.SentimentEngine.Classifier;

/// <summary>What is known of finbert-server.</summary>
/// <param name="CanClassify">It has a model and runs it.</param>
/// <param name="Reason">Why it cannot, in its own words where it has any.</param>
/// <param name="CheckedAt">When it was last asked; null before the first time.</param>
internal sealed record ClassifierStatus(bool CanClassify, string Reason, DateTimeOffset? CheckedAt);

/// <summary>The latest status, for whoever asks.</summary>
internal sealed class ClassifierState
{
    private ClassifierStatus _current = new(CanClassify: false, "finbert-server has not been asked yet", CheckedAt: null);

    public ClassifierStatus Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
