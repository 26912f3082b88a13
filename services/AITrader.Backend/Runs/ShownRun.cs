using AITrader.Backend.Data;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Runs;

/// <summary>A run as a caller asked for it.</summary>
/// <param name="IsKnown">Whether there is such a run.</param>
/// <param name="Run">The run, empty for live; null for all.</param>
internal readonly record struct AskedRun(bool IsKnown, string? Run);

/// <summary>Which run is shown where none is named: the replay while one runs and for an hour after, or until the market moves again;
/// else the live one.</summary>
internal sealed class ShownRun : IDisposable
{
    /// <summary>What asks for all runs.</summary>
    public const string All = "*";

    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAfterEnd = TimeSpan.FromHours(1);

    private readonly RunQueries _runs;
    private readonly IStreamTail _tail;
    private readonly TimeProvider _time;
    private readonly CachedValue<string> _present;

    public ShownRun(RunQueries runs, IStreamTail tail, TimeProvider time)
    {
        (_runs, _tail, _time) = (runs, tail, time);
        _present = new CachedValue<string>(ReadAsync, time);
    }

    /// <summary>The run that is shown now; empty for live.</summary>
    public Task<string> PresentAsync(CancellationToken ct) => _present.GetAsync(MaxAge, ct);

    /// <summary>The run that a query names: <c>live</c>, a name, <c>*</c> for all; that which is shown where it names none.</summary>
    public async Task<AskedRun> FindAsync(string? asked, CancellationToken ct) =>
        asked switch
        {
            null or "" => new AskedRun(IsKnown: true, await PresentAsync(ct)),
            All => new AskedRun(IsKnown: true, Run: null),
            RunRow.LiveName => new AskedRun(IsKnown: true, string.Empty),
            _ => new AskedRun(await _runs.FindAsync(asked, ct) is not null, asked),
        };

    public void Dispose() => _present.Dispose();

    private async Task<string> ReadAsync(CancellationToken ct)
    {
        if (await _runs.LatestReplayAsync(ct) is not { } replay)
        {
            return string.Empty;
        }

        var isRecent = replay.FinishedAt is not { } ended || _time.GetUtcNow() - ended < KeepAfterEnd;
        return isRecent || !await HasMovedAsync(replay.FinishedAt!.Value, ct) ? replay.Run : string.Empty;
    }

    // Without the bus nobody knows; what was last shown is still right to look at.
    private async Task<bool> HasMovedAsync(DateTimeOffset since, CancellationToken ct)
    {
        try
        {
            return await _tail.LastAsync<Tick>(StreamNames.RawTicks, ct) is { } last && EntryPlace.Parse(last.Id).StoredAt > since;
        }
        catch (BusUnavailableException)
        {
            return false;
        }
    }
}
