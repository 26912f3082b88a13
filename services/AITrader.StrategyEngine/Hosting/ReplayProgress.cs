using AITrader.Contracts;
using AITrader.Messaging;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>The strategy watermark of a replay: as far as both the decisions and the hosted strategies have come.</summary>
/// <remarks>Hosted strategies send what they ask for at a tick after the decisions about its signals are on the bus, so that all orders of
/// a tick have one order.</remarks>
internal sealed class ReplayProgress(IWatermarks watermarks, IOptions<HostingOptions> options)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewMove();
    private (string Run, long Seq) _decided = (string.Empty, 0);
    private (string Run, long Seq) _hosted = (string.Empty, 0);

    /// <summary>Whether strategies are hosted: without any the decisions alone count.</summary>
    public bool IsHosting { get; } = options.Value.Runnable().Any();

    /// <summary>Everything up to a tick is decided and on the bus.</summary>
    public Task DecidedAsync(string run, long seq, CancellationToken ct)
    {
        lock (_gate)
        {
            _decided = _decided.Run == run ? (run, Math.Max(seq, _decided.Seq)) : (run, seq);
            _moved.TrySetResult();
            _moved = NewMove();
        }

        return PublishAsync(run, ct);
    }

    /// <summary>The hosted strategies have handled everything up to a tick, and what they asked for is on the bus.</summary>
    public Task HostedAsync(string run, long seq, CancellationToken ct)
    {
        lock (_gate)
        {
            _hosted = _hosted.Run == run ? (run, Math.Max(seq, _hosted.Seq)) : (run, seq);
        }

        return PublishAsync(run, ct);
    }

    /// <summary>Waits until everything up to a tick is decided.</summary>
    public async Task WaitForDecisionsAsync(string run, long seq, CancellationToken ct)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_decided.Run == run && _decided.Seq >= seq)
                {
                    return;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(ct);
        }
    }

    private async Task PublishAsync(string run, CancellationToken ct)
    {
        long seq;
        lock (_gate)
        {
            var decided = _decided.Run == run ? _decided.Seq : 0;
            var hosted = _hosted.Run == run ? _hosted.Seq : 0;
            seq = IsHosting ? Math.Min(decided, hosted) : decided;
        }

        if (seq > 0)
        {
            await watermarks.AdvanceAsync(run, ReplayStages.Strategy, seq, ct);
        }
    }

    private static TaskCompletionSource NewMove() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
