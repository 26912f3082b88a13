using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Diagnostics;
using AITrader.Markets.Formats;
using AITrader.Messaging;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>Publishes one run from where the stream ends to the end of the file, in order, at its speed, and never far ahead of the slowest stage.</summary>
internal sealed class ReplayPlayer(
    IStreamPublisher publisher,
    IStreamTail tail,
    IWatermarks watermarks,
    MarketCaches caches,
    ReplayStatus status,
    MarketDataMetrics metrics,
    IOptions<ReplayOptions> options,
    TimeProvider time)
{
    private readonly List<Tick> _batch = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>Returns when every stage has seen the last tick; <paramref name="progress"/> is called after each batch.</summary>
    /// <exception cref="MarketDataException">The file changed for the worse since it was checked.</exception>
    public async Task PlayAsync(ReplaySource source, string run, ReplaySpeed speed, Func<long, Task> progress, CancellationToken ct)
    {
        _batch.Clear();
        _seen.Clear();
        var published = await PublishedAsync(run, ct);
        using var reader = TickFile.Open(source.Path);
        var pacer = new Pacer(time, speed);
        while (reader.TryRead(out var tick))
        {
            if (reader.Ticks <= published)
            {
                continue;
            }

            if (_batch.Count == options.Value.Batch || (_batch.Count > 0 && pacer.Until(tick.TimeMicros) > TimeSpan.Zero))
            {
                await FlushAsync(run, progress, ct);
            }

            await pacer.WaitAsync(tick.TimeMicros, ct);
            _batch.Add(TickMessages.Create(tick, reader.Symbols[tick.Symbol], reader.Source, run, reader.Ticks));
        }

        await FlushAsync(run, progress, ct);
        foreach (var stage in ReplayOptions.Stages(options.Value.Complete))
        {
            await watermarks.WaitForAsync(run, stage, reader.Ticks, ct);
        }
    }

    // The stream's last entry knows best; the watermark is behind it where the process died between the two.
    private async Task<long> PublishedAsync(string run, CancellationToken ct)
    {
        var last = await tail.LastAsync<Tick>(ct);
        var marked = await watermarks.GetAsync(run, ReplayStages.Published, ct);
        return last?.Message.Run == run ? Math.Max(marked, last.Value.Message.Seq) : marked;
    }

    private async Task FlushAsync(string run, Func<long, Task> progress, CancellationToken ct)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var last = _batch[^1];
        await WaitForRoomAsync(run, last.Seq - options.Value.Window, ct);
        await publisher.PublishAsync<Tick>(_batch, ct);
        await watermarks.AdvanceAsync(run, ReplayStages.Published, last.Seq, ct);
        caches.Observe(_batch);
        metrics.Published(_batch.Count, last.Source);
        status.Advance(last.Seq, last.Timestamp);
        await progress(last.Seq);
        _batch.Clear();
    }

    private async Task WaitForRoomAsync(string run, long atLeast, CancellationToken ct)
    {
        foreach (var stage in ReplayOptions.Stages(options.Value.Ahead))
        {
            if (_seen.GetValueOrDefault(stage) < atLeast)
            {
                _seen[stage] = await watermarks.WaitForAsync(run, stage, atLeast, ct);
            }
        }
    }
}
