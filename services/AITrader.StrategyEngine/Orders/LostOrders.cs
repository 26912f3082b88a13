using AITrader.Contracts;
using AITrader.Domain.Time;
using AITrader.Messaging;
using AITrader.Storage.Decisions;
using AITrader.StrategyEngine.Diagnostics;

namespace AITrader.StrategyEngine.Orders;

/// <summary>An order that was sent, and of which the execution engine shows no trace.</summary>
/// <param name="Id">The order.</param>
/// <param name="Attempts">How often it was sent again.</param>
internal sealed record MissingOrder(Guid Id, int Attempts);

/// <summary>Finds orders, cancels and changes that were sent, by this service or the gateway, and that the bus has lost; puts them back
/// into the outbox of their service.</summary>
/// <remarks>
/// An order is not missing while the bus still has entries for the execution engine. When it has none, all that was sent before has been
/// acknowledged, which happens after the effect is stored: so an order without a row never arrived. Sending it again cannot trade twice, as
/// the engine knows an order by its id.
/// </remarks>
internal sealed class LostOrders(
    SentOrders orders,
    SentChanges changes,
    IStreamAdmin streams,
    StrategyMetrics metrics,
    TimeProvider time,
    ILogger<LostOrders> log
)
{
    private const int MaxRows = 5000;

    // Clocks of instances may differ by so much.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(1);
    private static readonly Backoff Resend = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(256));

    // Rows get their numbers when they are written and are seen when they are committed: below this age one may still turn up.
    private static readonly TimeSpan LateCommit = TimeSpan.FromMinutes(1);

    private long _accountedFor;
    private long _changesAccountedFor;

    /// <summary>Orders that the last check found missing, sent again or not.</summary>
    public IReadOnlyList<MissingOrder> Missing { get; private set; } = [];

    /// <summary>Orders whose cancel or change the last check found to be without effect, sent again or not.</summary>
    public IReadOnlyList<MissingOrder> MissingChanges { get; private set; } = [];

    /// <summary>Finds what is missing and puts those that are due back into the outbox; returns how many.</summary>
    public async Task<int> RequeueAsync(CancellationToken ct)
    {
        var looked = time.GetUtcNow() - ClockDifference;
        if (!await HasTakenAllAsync(ct))
        {
            return 0;
        }

        var sent = await orders.ReadAsync(_accountedFor, MaxRows, ct);
        var missing = await orders.WithoutTraceAsync(sent.FindAll(row => !row.IsTaken && row.SentAt < looked), ct);
        _accountedFor = sent.TakeWhile(row => row.IsTaken && row.SentAt < looked - LateCommit).LastOrDefault()?.Position ?? _accountedFor;
        Missing = missing.ConvertAll(static row => new MissingOrder(row.Id, row.Attempts));
        var due = missing.FindAll(row => looked - row.SentAt >= Resend.After(row.Attempts));
        due.AddRange(await DueChangesAsync(looked, ct));
        await MarkUnsentAsync(due, ct);
        return due.Count;
    }

    // Of an order that is missing itself nothing can be cancelled or changed yet: it is sent again, and then that is missing too.
    private async Task<List<SentOrder>> DueChangesAsync(DateTimeOffset looked, CancellationToken ct)
    {
        var sent = await changes.ReadAsync(_changesAccountedFor, MaxRows, ct);
        var missing = sent.FindAll(row => !row.IsTaken && row.SentAt < looked);
        _changesAccountedFor = sent.TakeWhile(row => row.IsTaken && row.SentAt < looked - LateCommit).LastOrDefault()?.Position
            ?? _changesAccountedFor;
        MissingChanges = missing.ConvertAll(static row => new MissingOrder(row.Id, row.Attempts));
        return missing.FindAll(row => looked - row.SentAt >= Resend.After(row.Attempts));
    }

    // Empty or gone, or all of it delivered and acknowledged. A stream whose group is missing is read from its start once the engine is
    // there.
    private async Task<bool> HasTakenAllAsync(CancellationToken ct)
    {
        var found = await Task.WhenAll(Lane.All.Select(lane => streams.FindAsync(lane.Of(StreamNames.Orders), ct)));
        return found
            .SelectMany(static stream => stream)
            .All(static stream =>
                stream.Length == 0 || stream.Groups.Any(static group => group is { Name: ConsumerGroups.Execution, Pending: 0, Lag: 0 })
            );
    }

    private async Task MarkUnsentAsync(List<SentOrder> due, CancellationToken ct)
    {
        if (due.Count == 0)
        {
            return;
        }

        await orders.MarkUnsentAsync(due, ct);
        metrics.SentAgain(due.Count);
        foreach (var row in due)
        {
            log.OrderSentAgain(row.Id, row.SentAt, row.Attempts + 1);
        }
    }
}
