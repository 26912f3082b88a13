namespace AITrader.StrategyEngine.Outcomes;

/// <summary>Forecasts whose horizons are not over, and when each is looked for again. One thread uses it.</summary>
internal sealed class FollowedList(TimeProvider time)
{
    // A pass reads the store once a run; what is beyond waits for the next pass.
    private const int MostAtOnce = 1000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Replay runs that are waited for.</summary>
    public IEnumerable<string> Replays =>
        _entries.Select(static entry => entry.Forecast.Run).Where(static run => run.Length > 0).Distinct();

    public void Add(FollowedForecast forecast) => _entries.Add(new Entry(forecast, time.GetTimestamp()));

    /// <summary>Those that are due, the oldest first, by run.</summary>
    public IReadOnlyList<IGrouping<string, Entry>> Due() =>
        [
            .. _entries
                .Where(entry => time.GetElapsedTime(entry.LookedAt) >= entry.Pause)
                .Take(MostAtOnce)
                .GroupBy(static entry => entry.Forecast.Run, StringComparer.Ordinal),
        ];

    /// <summary>Looks for it later again.</summary>
    public void Postpone(Entry entry, TimeSpan first)
    {
        entry.LookedAt = time.GetTimestamp();
        entry.Pause = entry.Pause == TimeSpan.Zero ? first : Shorter(entry.Pause * 2, LongestPause);
    }

    public void Remove(IReadOnlySet<Entry> over) => _entries.RemoveAll(over.Contains);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>A forecast that is waited for.</summary>
    internal sealed class Entry(FollowedForecast forecast, long since)
    {
        public FollowedForecast Forecast { get; } = forecast;

        /// <summary>Timestamp of its decision.</summary>
        public long Since { get; } = since;

        public long LookedAt { get; set; } = since;

        public TimeSpan Pause { get; set; }

        /// <summary>Whether its replay had ended when it was last looked for.</summary>
        public bool IsLast { get; set; }
    }
}
