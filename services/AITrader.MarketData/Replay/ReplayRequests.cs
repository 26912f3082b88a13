using System.Threading.Channels;

namespace AITrader.MarketData.Replay;

/// <summary>A replay that somebody asked for.</summary>
/// <param name="Asked">What.</param>
/// <param name="Speed">How fast.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
internal sealed record ReplayRequest(ReplayAsk Asked, ReplaySpeed Speed, bool Loop = false);

/// <summary>Hands at most one request at a time from the endpoint to the loop.</summary>
internal sealed class ReplayRequests(ReplayStatus status)
{
    private readonly Channel<ReplayRequest> _one = Channel.CreateBounded<ReplayRequest>(1);

    /// <summary>False while a replay is under way.</summary>
    public bool TryAsk(ReplayRequest request) => !status.IsActive && _one.Writer.TryWrite(request);

    /// <summary>Waits for a request and leaves it where it is.</summary>
    public async Task<ReplayRequest> PeekAsync(CancellationToken ct)
    {
        while (true)
        {
            await _one.Reader.WaitToReadAsync(ct);
            if (_one.Reader.TryPeek(out var request))
            {
                return request;
            }
        }
    }

    /// <summary>The request is done with.</summary>
    public void Remove() => _one.Reader.TryRead(out _);
}
