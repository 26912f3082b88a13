using System.Globalization;

namespace AITrader.Contracts;

/// <summary>The trace that everything belongs to that a tick leads to: derived from the tick's name, so that a replay gives the same
/// again.</summary>
/// <remarks>
/// Nothing of a tick is recorded when it is published, and its traceparent says so: most ticks lead to nothing. Whoever finds a signal in
/// one records the tick
/// afterwards, under this trace, and hands a traceparent on that says it is recorded.
/// </remarks>
public static class TickTrace
{
    private const string Unrecorded = "00";
    private const string Recorded = "01";

    /// <summary>W3C traceparent of a tick as it is published.</summary>
    /// <param name="scope">Run, or source of a live tick.</param>
    /// <param name="seq">Position in it.</param>
    public static string Parent(string scope, long seq) => Parent(scope, seq, Unrecorded);

    /// <summary>W3C traceparent of what a tick led to, for those who know no more of the trace than the tick's name; empty where the name
    /// is none.</summary>
    /// <param name="tickId">As <see cref="Domain.Ticks.Tick.TickId"/>.</param>
    public static string Effect(string tickId)
    {
        ArgumentNullException.ThrowIfNull(tickId);
        var colon = tickId.LastIndexOf(':');
        return colon > 0 && long.TryParse(tickId.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? Parent(tickId[..colon], seq, Recorded)
            : string.Empty;
    }

    private static string Parent(string scope, long seq, string flags)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // FNV-1a of the scope, then SplitMix64 steps: spread well, and nothing secret rests on it.
        var state = 14695981039346656037UL;
        foreach (var letter in scope)
        {
            state = (state ^ letter) * 1099511628211UL;
        }

        state += (ulong)seq * 0x9E3779B97F4A7C15UL;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"00-{Next(ref state):x16}{Next(ref state):x16}-{Next(ref state) | 1:x16}-{flags}"
        );
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
