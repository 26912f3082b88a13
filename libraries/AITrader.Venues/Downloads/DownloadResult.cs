namespace AITrader.Venues.Downloads;

/// <summary>What came of one file.</summary>
public enum DownloadState
{
    /// <summary>It was fetched.</summary>
    Fetched,

    /// <summary>It was there, and whole.</summary>
    Present,

    /// <summary>The venue has none.</summary>
    Absent,

    /// <summary>It could not be had, or not be used.</summary>
    Failed,
}

/// <summary>What came of one file.</summary>
/// <param name="Name">Its day, month or year.</param>
/// <param name="State">What came of it.</param>
/// <param name="Rows">Bars that it holds, where it was fetched.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record DownloadResult(string Name, DownloadState State, long Rows = 0, string? Reason = null);
