using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Messaging;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>Decides which ticks of a replay may be offered: n only after every signal up to n-1 is decided and its order taken.</summary>
internal sealed class ReplayGate(IWatermarks watermarks, ICache cache, TimeProvider time)
{
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnnounceFor = TimeSpan.FromSeconds(30);

    private string _run = string.Empty;
    private long _decided;
    private string _announced = string.Empty;
    private long _announcedAt;

    /// <summary>Whether the tick may be offered now. Live ticks always may.</summary>
    public bool IsOpen(Tick tick) => tick.Run.Length == 0 || (tick.Run == _run && _decided >= tick.Seq - 1);

    /// <summary>Ends when the strategy has decided everything before the tick; orders that follow from it are on the bus then.</summary>
    public Task<long> DecidedBeforeAsync(Tick tick, CancellationToken ct) =>
        watermarks.WaitForAsync(tick.Run, ReplayStages.Strategy, tick.Seq - 1, ct);

    /// <summary>Opens up to the tick after the watermark, once the orders that it stands for are taken.</summary>
    public void Open(string run, long decided) => (_run, _decided) = (run, decided);

    /// <summary>Announces the waiting run to the strategy, repeatedly while it waits.</summary>
    /// <remarks>The strategy learns of a run by its signals too, but the first of them may come late; the announcement expires soon after
    /// this process ends.</remarks>
    public async Task AnnounceAsync(Tick tick, CancellationToken ct)
    {
        if (tick.Run == _announced && time.GetElapsedTime(_announcedAt) < AnnounceEvery)
        {
            return;
        }

        await cache.SetAsync(CacheKeys.ActiveReplay, tick.Run, AnnounceFor, ct);
        (_announced, _announcedAt) = (tick.Run, time.GetTimestamp());
    }
}
