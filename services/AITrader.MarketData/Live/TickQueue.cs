using System.Threading.Channels;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>Ticks between the socket and the bus. When it is full, whoever reads the socket waits, and everybody can see it; nothing is
/// dropped. One writer, one reader.</summary>
internal sealed class TickQueue(
    IOptions<FeedOptions> options,
    LivePublisher publisher,
    FeedState state,
    FeedMetrics metrics,
    TimeProvider time
)
{
    private const int MaxBatch = 512;

    private readonly Channel<Tick> _ticks = Channel.CreateBounded<Tick>(
        new BoundedChannelOptions(options.Value.QueueCapacity)
        {
            SingleReader = true,
            SingleWriter = true,
            FullMode = BoundedChannelFullMode.Wait,
        }
    );
    private readonly List<Tick> _batch = [];

    /// <summary>Takes them all, in order, out of the list. It may take as long as the bus is away.</summary>
    public async ValueTask AddAsync(List<Tick> ticks, CancellationToken ct)
    {
        var taken = 0;
        try
        {
            for (; taken < ticks.Count; taken++)
            {
                if (!_ticks.Writer.TryWrite(ticks[taken]))
                {
                    await WaitAsync(ticks[taken], ct);
                }
            }
        }
        finally
        {
            // Cancelled half way, the rest stays with the caller and is not lost.
            ticks.RemoveRange(0, taken);
        }
    }

    /// <summary>Publishes until cancelled. What is left then is published by the next call.</summary>
    public async Task PublishAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_batch.Count == 0)
            {
                await _ticks.Reader.WaitToReadAsync(ct);
            }

            while (_batch.Count < MaxBatch && _ticks.Reader.TryRead(out var tick))
            {
                _batch.Add(tick);
            }

            if (_batch.Count > 0)
            {
                await publisher.PublishAsync(_batch, ct);
            }
        }
    }

    private async ValueTask WaitAsync(Tick tick, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        state.HoldBack();
        try
        {
            await _ticks.Writer.WriteAsync(tick, ct);
        }
        finally
        {
            state.Release();
            metrics.HeldBack(time.GetElapsedTime(start));
        }
    }
}
