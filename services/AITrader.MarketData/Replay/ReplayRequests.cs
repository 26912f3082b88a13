using AITrader.Contracts.Replays;

namespace AITrader.MarketData.Replay;

/// <summary>A replay that somebody asked for.</summary>
/// <param name="Source">Files, or a range of the tick store.</param>
/// <param name="Speed">How fast.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
internal sealed record ReplayRequest(ReplaySource Source, ReplaySpeed Speed, bool Loop = false)
{
    /// <summary>What is shown until its content is read.</summary>
    public ReplayView Loading =>
        new()
        {
            State = ReplayReportStates.Loading,
            Request = this,
            Source = Source,
            Speed = Speed,
            Loop = Loop,
            Round = 1,
        };
}

/// <summary>Hands one request at a time from the endpoint to the loop. Safe from any thread.</summary>
internal sealed class ReplayRequests(ReplayStatus status)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _arrival = NewArrival();
    private ReplayRequest? _present;

    /// <summary>Whether nobody waits for a replay.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _present is null;
            }
        }
    }

    /// <summary>False while a replay is under way; otherwise the status shows the request from now on.</summary>
    public bool TryEnqueue(ReplayRequest request)
    {
        lock (_gate)
        {
            if (status.IsActive)
            {
                return false;
            }

            status.Become(request.Loading);
            _present = request;
            _arrival.TrySetResult();
            return true;
        }
    }

    /// <summary>Waits for a request and leaves it where it is.</summary>
    public async Task<ReplayRequest> PeekAsync(CancellationToken ct)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_present is { } request)
                {
                    return request;
                }

                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(ct);
        }
    }

    /// <summary>The request is done with; one that has come since stays.</summary>
    public void Remove(ReplayRequest request)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_present, request))
            {
                _present = null;
                _arrival = NewArrival();
            }
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
