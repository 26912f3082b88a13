using System.Runtime.CompilerServices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Ticks that were handled before, from the tick store.</summary>
internal sealed class StoredTicks(ITickHistory history, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    /// <summary>A replay's ticks by their numbers; waits for those that are not stored yet.</summary>
    public async IAsyncEnumerable<Tick> ReplayAsync(string run, long first, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        var (next, from) = (first, DateTimeOffset.UnixEpoch);
        while (next <= last)
        {
            // By event time where the content is out of order: kept until it is their turn.
            var waiting = new Dictionary<long, Tick>();
            var range = new TickRange([], from, DateTimeOffset.MaxValue.AddDays(-1), run);
            await foreach (var tick in history.ReadAsync(range, after: null, ct))
            {
                if (tick.Seq >= next && tick.Seq <= last)
                {
                    waiting[tick.Seq] = tick;
                }

                while (waiting.Remove(next, out var due))
                {
                    next++;
                    from = due.Timestamp - Disorder;
                    yield return due;
                }

                if (next > last)
                {
                    yield break;
                }
            }

            await Task.Delay(Pause, time, ct);
        }
    }

    /// <summary>Live ticks of some instruments since a moment, as far as they are stored.</summary>
    public IAsyncEnumerable<Tick> LiveAsync(IReadOnlyList<string> symbols, DateTimeOffset from, CancellationToken ct) =>
        history.ReadAsync(new TickRange(symbols, from, time.GetUtcNow().AddDays(1)), after: null, ct);
}
