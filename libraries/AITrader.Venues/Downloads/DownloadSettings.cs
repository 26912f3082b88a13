namespace AITrader.Venues.Downloads;

/// <summary>How often and how patiently a download is tried.</summary>
public sealed record DownloadSettings
{
    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Pause before the second attempt; doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A server that sends nothing for so long is asked again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Files in a row that could not be had at all, after which no further one is asked for.</summary>
    public int GiveUpAfter { get; init; } = 3;
}
