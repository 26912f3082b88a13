namespace AITrader.MockMcp.Market;

/// <summary>Minute candles of what the running market showed. Safe from any thread.</summary>
internal sealed class CandleRecorder
{
    private const int MaxMinutes = 3 * 24 * 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, List<Candle>> _candles = [];
    private readonly Dictionary<uint, uint> _volumes = [];

    /// <summary>The minute of the first record; null before it.</summary>
    public DateTime? Start { get; private set; }

    public void Record(IEnumerable<BoardEntry> entries, DateTimeOffset now)
    {
        var minute = IndianTime.MinuteOf(now);
        lock (_gate)
        {
            Start ??= minute;
            foreach (var entry in entries)
            {
                Record(entry.Snapshot.Token, minute, entry.Snapshot.LastPrice, VolumeSince(entry.Snapshot.Token, entry.Snapshot.Volume));
            }
        }
    }

    public IReadOnlyList<Candle> Of(uint token, DateTime from, DateTime to)
    {
        lock (_gate)
        {
            return _candles.TryGetValue(token, out var all) ? [.. all.Where(candle => candle.Start >= from && candle.Start <= to)] : [];
        }
    }

    private void Record(uint token, DateTime minute, decimal price, long volume)
    {
        if (!_candles.TryGetValue(token, out var all))
        {
            _candles[token] = all = [];
        }

        if (all.Count > 0 && all[^1].Start == minute)
        {
            all[^1] = all[^1].With(price, volume);
            return;
        }

        // A clock that was set back starts its candles again.
        all.RemoveAll(candle => candle.Start >= minute);
        all.Add(new Candle(minute, price, price, price, price, volume));
        if (all.Count > MaxMinutes)
        {
            all.RemoveAt(0);
        }
    }

    private long VolumeSince(uint token, uint volume)
    {
        var before = _volumes.GetValueOrDefault(token);
        _volumes[token] = volume;

        // A new day counts from zero.
        return volume >= before ? volume - before : volume;
    }
}
