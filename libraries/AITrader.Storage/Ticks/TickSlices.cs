namespace AITrader.Storage.Ticks;

/// <summary>How long the next piece of the time axis is, so that a piece holds about one page of ticks.</summary>
/// <remarks>
/// The time index of ticks finds blocks, not rows, and gives no order. Walking in short pieces reads each block about once, sorts little,
/// and
/// needs no second index, which every tick that is stored would pay for.
/// </remarks>
internal sealed class TickSlices
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(1);

    public TimeSpan Length { get; private set; } = First;

    /// <summary>Takes note of a piece that ended by itself with this many rows.</summary>
    public void Ended(int rows, int page)
    {
        if (rows < page / 4)
        {
            Length = Min(Length * 4, MaxLength);
        }
    }

    /// <summary>Takes note of a piece of which a page covered only so much.</summary>
    public void Overflowed(TimeSpan covered) => Length = Max(Min(covered, Length), Shortest);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
