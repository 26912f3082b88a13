namespace AITrader.Venues.Kite.Ticker;

/// <summary>Calls the handler of all connections, one call after the other.</summary>
internal sealed class KiteHandlerQueue(IKiteTickerHandler handler) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Passes a frame on, packet by packet.</summary>
    /// <exception cref="InvalidDataException">It is damaged; what came before that was passed on.</exception>
    public async ValueTask PassFrameAsync(ReadOnlyMemory<byte> frame, TimeProvider clock, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var isWhole = Pass(frame.Span, clock.GetUtcNow(), out var isAny);
            if (isAny)
            {
                await handler.OnFrameAsync(ct);
            }

            if (!isWhole)
            {
                handler.OnDamagedFrame();
                throw new InvalidDataException($"a frame of {frame.Length} bytes is damaged");
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Calls the handler.</summary>
    public async ValueTask CallAsync(Action<IKiteTickerHandler> call, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            call(handler);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool Pass(ReadOnlySpan<byte> bytes, DateTimeOffset received, out bool isAny)
    {
        var frame = new KiteFrame(bytes);
        isAny = false;
        while (frame.MoveNext())
        {
            isAny = true;
            if (frame.Refused is { } refused)
            {
                handler.OnRefusedPacket(refused);
            }
            else
            {
                handler.OnPacket(frame.Current, received);
            }
        }

        return !frame.IsDamaged;
    }
}
