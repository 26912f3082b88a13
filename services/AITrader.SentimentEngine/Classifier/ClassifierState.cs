namespace AITrader.SentimentEngine.Classifier;

/// <summary>The last known status of finbert-server.</summary>
/// <param name="CanClassify">Whether finbert-server has a model and runs it.</param>
/// <param name="Reason">Why finbert-server cannot classify, in its own words where it gave any.</param>
/// <param name="CheckedAt">Time of the last check; null before the first one.</param>
internal sealed record ClassifierStatus(bool CanClassify, string Reason, DateTimeOffset? CheckedAt);

/// <summary>Holds the latest status. Safe from any thread.</summary>
internal sealed class ClassifierState
{
    private ClassifierStatus _current = new(CanClassify: false, "finbert-server has not been asked yet", CheckedAt: null);

    public ClassifierStatus Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
