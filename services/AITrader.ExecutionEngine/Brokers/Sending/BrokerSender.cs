using System.Collections.Concurrent;
using System.Threading.Channels;
using AITrader.Domain.Brokers;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Storage.Brokers;
using AITrader.Storage.Leasing;

namespace AITrader.ExecutionEngine.Brokers.Sending;

/// <summary>Sends what is stored, each request once, a few at a time; answers are facts for the keeper of the books.</summary>
/// <remarks>
/// Right before an order is sent the lease is asked for, and the answer counts for a moment only: a process that was stopped in between
/// asks again, so that whoever has replaced it and looked for the order is not surprised by it.
/// </remarks>
internal sealed class BrokerSender(
    IBroker broker,
    BrokerOrderReader reader,
    IOrderPathProbe probe,
    TimeProvider time,
    Lease lease,
    ChannelWriter<BrokerFact> facts
) : IAsyncDisposable
{
    private const int MaxSends = 8;

    private static readonly TimeSpan LeaseCounts = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(MaxSends);
    private readonly ConcurrentDictionary<Task, byte> _running = [];

    /// <summary>Begins to send; returns at once.</summary>
    public void Start(BrokerSend send, CancellationToken ct)
    {
        // The number is taken here: the row belongs to the keeper of the books.
        var (id, number) = (send.Part.Row.Id, send.Part.Row.BrokerOrderId ?? string.Empty);
        var task = Task.Run(() => RunAsync(() => SendAsync(send, id, number, ct)), CancellationToken.None);
        _running[task] = 0;
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Keys);
        _gate.Dispose();
    }

    private Task SendAsync(BrokerSend send, Guid id, string number, CancellationToken ct) =>
        send switch
        {
            BrokerSend.Place place => StepAsync(
                OrderPath.OrderSending,
                OrderPath.OrderSent,
                () => broker.PlaceAsync(place.Request, ct),
                answer => new BrokerFact.Placed(id, answer),
                ct
            ),
            BrokerSend.Cancel => StepAsync(
                OrderPath.CancelSending,
                OrderPath.CancelSent,
                () => broker.CancelAsync(number, ct),
                answer => new BrokerFact.Cancelled(id, answer),
                ct
            ),
            BrokerSend.Change change => StepAsync(
                OrderPath.ChangeSending,
                OrderPath.ChangeSent,
                () => broker.ModifyAsync(number, change.Request, ct),
                answer => new BrokerFact.Changed(id, answer),
                ct
            ),
            _ => throw new InvalidOperationException($"Unknown request {send}."),
        };

    private async Task StepAsync(
        string before,
        string after,
        Func<Task<BrokerAnswer>> send,
        Func<BrokerAnswer, BrokerFact> fact,
        CancellationToken ct
    )
    {
        await _gate.WaitAsync(ct);
        try
        {
            await probe.ReachedAsync(before, ct);
            await RequireLeaseAsync(ct);
            var answer = await AskAsync(send);
            await probe.ReachedAsync(after, ct);
            facts.TryWrite(fact(answer));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RequireLeaseAsync(CancellationToken ct)
    {
        long asked;
        do
        {
            asked = time.GetTimestamp();
            await reader.RequireAsync(lease, ct);
        } while (time.GetElapsedTime(asked) > LeaseCounts);
    }

    // What the broker has no words for never left this process.
    private static async Task<BrokerAnswer> AskAsync(Func<Task<BrokerAnswer>> send)
    {
        try
        {
            return await send();
        }
        catch (ArgumentException unfit)
        {
            return new BrokerAnswer.Refused("Unsendable", unfit.Message);
        }
    }

    private async Task RunAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
#pragma warning disable CA1031 // Whatever it is, the session must end: the keeper of the books throws it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            facts.TryWrite(new BrokerFact.Broken(failure));
        }
    }
}
