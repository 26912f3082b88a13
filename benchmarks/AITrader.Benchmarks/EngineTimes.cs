using System.Diagnostics;

namespace AITrader.Benchmarks;

/// <summary>When each tick of one round was due, posted and handled, in stopwatch ticks, and what follows from that.</summary>
/// <remarks>
/// A tick takes its shard a fraction of a microsecond. Where it took several, or where the poster came that late, that thread hardly ran;
/// whether it was the tick after all tells the
/// same tick in the other rounds.
/// </remarks>
/// <param name="ticks">Ticks of a round.</param>
/// <param name="first">The first that counts: those before it start the thread and bring code and state into the caches, as any engine's do
/// that runs for a while.</param>
internal sealed class EngineTimes(int ticks, int first)
{
    /// <summary>A tick that takes longer, or is posted later, met a pause.</summary>
    public const double PauseMicros = 5;

    private static readonly double NanosPerStamp = 1e9 / Stopwatch.Frequency;

    public long[] Due { get; } = new long[ticks];

    public long[] Posted { get; } = new long[ticks];

    /// <summary>The engine's, by the tick's number, which begins with 1.</summary>
    public long[] Handled { get; } = new long[ticks + 1];

    /// <summary>Nanoseconds from a tick's post until it and its signals were through.</summary>
    public double Latency(int tick) => (Handled[tick + 1] - Posted[tick]) * NanosPerStamp;

    /// <summary>Nanoseconds that the shard had the tick: since it was posted, or since the tick before it was through.</summary>
    public double Handling(int tick) => (Handled[tick + 1] - Math.Max(Handled[tick], Posted[tick])) * NanosPerStamp;

    /// <summary>Nanoseconds that the poster took for the tick: since it was due, or since the tick before it was posted.</summary>
    public double Posting(int tick) => (Posted[tick] - Math.Max(Due[tick], tick == 0 ? 0 : Posted[tick - 1])) * NanosPerStamp;

    /// <summary>Of each tick, whether it met a pause of either thread, or was posted or waited in a backlog that a pause had
    /// left.</summary>
    public bool[] AfterPause()
    {
        const double Pause = PauseMicros * 1e3;
        var after = new bool[ticks];
        for (var i = 0; i < ticks; i++)
        {
            var isLate = (Posted[i] - Due[i]) * NanosPerStamp > Pause;
            var waits = i > 0 && after[i - 1] && Posted[i] < Handled[i];
            after[i] = isLate || waits || Handling(i) > Pause;
        }

        return after;
    }

    public IEnumerable<int> All => Enumerable.Range(0, ticks);

    /// <summary>The ticks that count.</summary>
    public IEnumerable<int> Counted => Enumerable.Range(first, ticks - first);

    /// <summary>Share of the round that a thread lost in pauses.</summary>
    public double Lost(Func<int, double> took)
    {
        var pauses = Counted.Select(took).Where(static nanos => nanos > PauseMicros * 1e3).Sum();
        return pauses / ((Handled[^1] - Due[first]) * NanosPerStamp);
    }
}
