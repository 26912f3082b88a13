using System.Numerics;
using AITrader.Contracts.Replays;

namespace AITrader.MarketData.Replay;

/// <summary>Counts how late events were, in microseconds, with a resolution of 1/16 of the value. One writer; readers may be a moment behind.</summary>
internal sealed class Lateness
{
    private const int SubBits = 4;
    private const int Subs = 1 << SubBits;
    private const double MicrosPerMilli = 1000;

    private readonly long[] _counts = new long[(64 - SubBits + 1) * Subs];
    private long _count;
    private long _sum;
    private long _max;
    private long _second = -1;
    private long _least;
    private long _drift = -1;

    /// <summary>Takes note of one event; one that is not late counts as on time.</summary>
    /// <param name="late">How late it was.</param>
    /// <param name="at">When that was, since any fixed moment.</param>
    public void Add(TimeSpan late, TimeSpan at)
    {
        var micros = Math.Max(0, late.Ticks / TimeSpan.TicksPerMicrosecond);
        Drift(micros, at.Ticks / TimeSpan.TicksPerSecond);
        _counts[BucketOf(micros)]++;
        _sum += micros;
        _max = Math.Max(_max, micros);
        _count++;
    }

    /// <summary>Null before the first event.</summary>
    public ReplayLateness? Report() => _count == 0
        ? null
        : new ReplayLateness(At(0.5), At(0.99), _max / MicrosPerMilli, Math.Round((double)_sum / _count / MicrosPerMilli, 4), (_drift < 0 ? _least : _drift) / MicrosPerMilli);

    // What hinders single events passes; what even the most punctual one of a second is late by, the schedule has lost.
    private void Drift(long micros, long second)
    {
        if (second == _second)
        {
            _least = Math.Min(_least, micros);
            return;
        }

        _drift = _second < 0 ? -1 : _least;
        (_second, _least) = (second, micros);
    }

    private static int BucketOf(long micros)
    {
        if (micros < Subs)
        {
            return (int)micros;
        }

        var power = BitOperations.Log2((ulong)micros) - SubBits;
        return ((power + 1) << SubBits) + (int)((micros >> power) - Subs);
    }

    // The upper end of the bucket, but never more than the worst: what is said is not better than it was.
    private double At(double share)
    {
        var rank = (long)Math.Ceiling(share * _count);
        for (var (bucket, seen) = (0, 0L); bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return Math.Min(EndOf(bucket), _max) / MicrosPerMilli;
            }
        }

        return _max / MicrosPerMilli;
    }

    private static long EndOf(int bucket)
    {
        if (bucket < Subs)
        {
            return bucket;
        }

        var power = (bucket >> SubBits) - 1;
        return ((((long)bucket & (Subs - 1)) + Subs + 1) << power) - 1;
    }
}
