namespace AITrader.Venues.Kite.Ticker;

/// <summary>Lets the lines speak to their handler one after the other.</summary>
internal sealed class KiteTurns(IKiteTickerHandler handler) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Gives a frame packet by packet.</summary>
    /// <exception cref="InvalidDataException">It is damaged; what came before that was given.</exception>
    public async ValueTask GiveAsync(ReadOnlyMemory<byte> frame, TimeProvider clock, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var isWhole = Give(frame.Span, clock.GetUtcNow(), out var isAny);
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
            _turn.Release();
        }
    }

    /// <summary>Tells the handler something.</summary>
    public async ValueTask TellAsync(Action<IKiteTickerHandler> tell, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            tell(handler);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool Give(ReadOnlySpan<byte> bytes, DateTimeOffset received, out bool isAny)
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
