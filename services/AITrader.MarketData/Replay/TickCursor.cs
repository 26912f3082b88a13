using AITrader.Domain.Ticks;

namespace AITrader.MarketData.Replay;

/// <summary>Walks through a content in event order. For one caller.</summary>
internal abstract class TickCursor : IAsyncDisposable
{
    /// <summary>Position of the present tick, from 1.</summary>
    public long Position { get; private set; }

    /// <summary>Event time of the present tick, microseconds.</summary>
    public abstract long TimeMicros { get; }

    /// <summary>Goes to the next tick; false at the end.</summary>
    /// <exception cref="Formats.Reading.MarketDataException">The content is malformed or cannot be read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        if (!await MoveAsync(ct))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>The present tick as a message of a run.</summary>
    public abstract Tick Message(string run, long seq);

    public abstract ValueTask DisposeAsync();

    protected abstract ValueTask<bool> MoveAsync(CancellationToken ct);
}
