using AITrader.Contracts;
using AITrader.Contracts.Replays;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>How a run was played.</summary>
/// <param name="Published">Position of its last published tick.</param>
/// <param name="Wishes">The wishes that ended it.</param>
/// <param name="IsDigested">Whether every stage has seen that tick; otherwise somebody did not want to wait for it.</param>
internal readonly record struct PlayedRun(long Published, ReplayWishes Wishes, bool IsDigested);

/// <summary>Publishes one run from where the stream ends to the end of the content, in order, at its speed, and never far ahead of the
/// slowest stage.</summary>
internal sealed class ReplayPlayer(
    ReplayOutlet outlet,
    IStreamTail tail,
    IWatermarks watermarks,
    StageWatch stages,
    ReplayStatus status,
    ReplayControl control,
    MarketDataMetrics metrics,
    IOptions<ReplayOptions> options,
    TimeProvider time
)
{
    private readonly List<long> _due = [];
    private Lateness _lateness = new();
    private long _sent;

    /// <summary>Returns when every stage has seen the last published tick, or when a stop has waited long enough for them;
    /// <paramref name="progress"/> is called as it comes along.</summary>
    /// <exception cref="Formats.Reading.MarketDataException">The content changed for the worse since it was checked.</exception>
    public async Task<PlayedRun> PlayAsync(ReplayContent content, string run, long already, Func<long, Task> progress, CancellationToken ct)
    {
        Begin();
        var published = await PublishedAsync(run, already, ct);
        status.Become(status.View with { Lateness = _lateness, Published = published, Began = (time.GetTimestamp(), published) });
        try
        {
            published = await PublishAsync(content, run, published, progress, ct);
        }
        finally
        {
            // Whatever ended it: nothing may still be on its way when somebody asks the stream where it ends.
            await outlet.ResetAsync();
        }

        var isDigested = await stages.AllHaveSeenAsync(run, published, ct);
        if (isDigested)
        {
            await TurnAsync(new Pacer(time, control.Now.Wishes.Speed), micros: null, ct);
        }

        return new PlayedRun(published, control.Close(), isDigested);
    }

    private async Task<long> PublishAsync(
        ReplayContent content,
        string run,
        long published,
        Func<long, Task> progress,
        CancellationToken ct
    )
    {
        _sent = published;
        await using var ticks = content.Open();
        var pacer = new Pacer(time, control.Now.Wishes.Speed);
        var isEnding = false;
        while (!isEnding && await ticks.ReadAsync(ct))
        {
            if (ticks.Position <= published)
            {
                continue;
            }

            await FlushUnlessJoinsAsync(pacer, ticks, run, progress, ct);
            isEnding = !await TurnAsync(pacer, ticks.TimeMicros, ct);
            if (!isEnding)
            {
                _due.Add(ticks.TimeMicros);
                outlet.Batch.Add(ticks.Message(run, ticks.Position));
            }
        }

        await FlushAsync(pacer, run, progress, ct);
        await outlet.SettleAsync();
        return _sent;
    }

    private async Task FlushUnlessJoinsAsync(Pacer pacer, TickCursor ticks, string run, Func<long, Task> progress, CancellationToken ct)
    {
        if (MayJoin(pacer, ticks))
        {
            return;
        }

        // What becomes due while the batch before is being sent goes out with this one.
        await outlet.FreeAsync();
        if (!MayJoin(pacer, ticks))
        {
            await FlushAsync(pacer, run, progress, ct);
        }
    }

    private void Begin()
    {
        _due.Clear();
        stages.Begin();
        _lateness = new Lateness();
    }

    // The stream's last entry knows best; the watermark is behind it where the process died between the two.
    private async Task<long> PublishedAsync(string run, long already, CancellationToken ct)
    {
        var last = await tail.LastAsync<Tick>(Lane.Replays.Of(StreamNames.RawTicks), ct);
        var marked = Math.Max(already, await watermarks.GetAsync(run, ReplayStages.Published, ct));
        return last?.Message.Run == run ? Math.Max(marked, last.Value.Message.Seq) : marked;
    }

    private bool MayJoin(Pacer pacer, TickCursor ticks) =>
        outlet.Batch.Count < options.Value.Batch
        && control.Now.Wishes is { IsPaused: false, IsEnding: false }
        && pacer.Until(ticks.TimeMicros) <= TimeSpan.Zero;

    /// <summary>Waits for an event's turn, or at the end of the content only for the end of a pause; false where the run is to end before
    /// it.</summary>
    private async Task<bool> TurnAsync(Pacer pacer, long? micros, CancellationToken ct)
    {
        while (true)
        {
            var (wishes, news) = control.Now;
            if (wishes.IsEnding)
            {
                return false;
            }

            pacer.Change(wishes.Speed);
            if (!wishes.IsPaused && (micros is null || pacer.Until(micros.Value) <= TimeSpan.Zero))
            {
                return true;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(news, ct);
            await (wishes.IsPaused ? HoldAsync(pacer, either.Token) : pacer.WaitAsync(micros!.Value, either.Token));
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task HoldAsync(Pacer pacer, CancellationToken news)
    {
        pacer.Hold();
        await outlet.SettleAsync();
        status.Become(status.View with { State = ReplayReportStates.Paused });
        await Task.Delay(Timeout.InfiniteTimeSpan, time, news).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        status.Become(status.View with { State = ReplayReportStates.Running });
        pacer.Release();
    }

    private async Task FlushAsync(Pacer pacer, string run, Func<long, Task> progress, CancellationToken ct)
    {
        if (outlet.Batch is not [.., var last])
        {
            return;
        }

        if (!await stages.HaveRoomAsync(run, last.Seq - options.Value.Window, ct))
        {
            outlet.Batch.Clear();
            _due.Clear();
            return;
        }

        await outlet.FreeAsync();
        Measure(pacer);
        await outlet.SendAsync(run, progress, ct);
        _sent = last.Seq;
    }

    private void Measure(Pacer pacer)
    {
        var at = time.GetElapsedTime(0);
        foreach (var micros in pacer.IsPaced ? _due : [])
        {
            var late = -pacer.Until(micros);
            _lateness.Add(late, at);
            metrics.Late(late);
        }

        _due.Clear();
    }
}
