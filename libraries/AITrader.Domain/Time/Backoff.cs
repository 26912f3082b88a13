namespace AITrader.Domain.Time;

/// <summary>A delay that doubles with each failure in a row, up to a limit.</summary>
/// <remarks>For state that outlives one call: a retry of one call is Polly's. Without jitter, as nothing here has rivals.</remarks>
/// <param name="First">Delay after the first failure.</param>
/// <param name="Max">Longest delay.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max)
{
    /// <summary>The delay after a failure.</summary>
    /// <param name="earlier">Failures in a row before this one.</param>
    public TimeSpan After(long earlier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        var factor = Math.Pow(2, earlier);
        return factor < Max / First ? First * factor : Max;
    }
}
