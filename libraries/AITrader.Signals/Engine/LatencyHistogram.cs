using System.Numerics;

namespace AITrader.Signals.Engine;

/// <summary>Durations counted in buckets of at most 1/64 of their value, from 1 ns to days. One thread records; any may read. Allocates in
/// the constructor only.</summary>
/// <remarks>
/// The layout of HdrHistogram (G. Tene): below 64 each number has a bucket, above it each power of two has 64. Not its .NET package: one
/// record of that took
/// 28 ns on the machine on which this one took 2, as much as all indicators of a tick; it may not be read while it is written; and this
/// library references
/// nothing. Everything off the hot path takes the package.
/// </remarks>
public sealed class LatencyHistogram
{
    private const int Precision = 6;
    private const int Steps = 1 << Precision;

    private readonly long[] _counts = new long[(64 - Precision) * Steps];
    private long _count;
    private long _max;

    /// <summary>Durations recorded.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>The longest, exactly; 0 where there is none.</summary>
    public long MaxNanos => Volatile.Read(ref _max);

    /// <summary>Adds a duration; one below 0 counts as 0.</summary>
    public void Record(long nanos)
    {
        var value = Math.Max(nanos, 0);
        _counts[Bucket(value)]++;
        if (value > _max)
        {
            Volatile.Write(ref _max, value);
        }

        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The least duration that so many percent did not exceed, rounded up to the end of its bucket; 0 where there is
    /// none.</summary>
    /// <param name="percent">0 to 100.</param>
    public long PercentileNanos(double percent)
    {
        var rank = (long)Math.Ceiling(Math.Clamp(percent, 0, 100) / 100 * Count);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length && rank > 0; bucket++)
        {
            seen += Volatile.Read(ref _counts[bucket]);
            if (seen >= rank)
            {
                return Math.Min(Last(bucket), MaxNanos);
            }
        }

        return 0;
    }

    /// <summary>Adds everything that another one counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Volatile.Write(ref _count, _count + other._count);
        Volatile.Write(ref _max, Math.Max(_max, other._max));
    }

    /// <summary>Forgets everything. For the recording thread, or while it rests.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _count = 0;
        _max = 0;
    }

    private static int Bucket(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - Precision);
        return (shift << Precision) + (int)(value >> shift);
    }

    // Buckets of a power of two begin at 64 << shift, which the bucket's number holds once itself.
    private static long Last(int bucket)
    {
        var shift = Math.Max(0, (bucket >> Precision) - 1);
        var step = bucket - (shift << Precision);
        return (((long)step + 1) << shift) - 1;
    }
}
