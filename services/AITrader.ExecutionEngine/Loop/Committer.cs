using System.Diagnostics;
using AITrader.Contracts;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Messaging;
using AITrader.Storage.Outbox;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>Commits effects: PostgreSQL, then the outbox, then one MULTI with acknowledgements, market snapshot and watermark.</summary>
internal sealed class Committer(
    AccountWriter writer,
    Lane lane,
    IOutboxRelay relay,
    IStreamTransactions transactions,
    ExecutionMetrics metrics,
    TimeProvider time,
    ILogger<Committer> log
)
{
    public async Task CommitAsync(DeskAccount deskAccount, Work work, CancellationToken ct)
    {
        work.Changed.AddRange(deskAccount.Desk.TakeChanged());
        work.Halt = deskAccount.UnstoredHalt;
        var broker = work.Broker = deskAccount.Broker?.Plan(work);
        if (broker is not null)
        {
            await deskAccount.Broker!.CommittingAsync(broker, ct);
        }

        if (!work.IsEmpty)
        {
            await StoreAsync(deskAccount, work, ct);
        }

        if (broker is not null)
        {
            await deskAccount.Broker!.CommittedAsync(broker, ct);
        }
    }

    private async Task StoreAsync(DeskAccount deskAccount, Work work, CancellationToken ct)
    {
        if (work.HasEffects)
        {
            using var fills = new FillTraces(deskAccount, work.Outcomes);
            var begin = Stopwatch.GetTimestamp();
            await writer.WriteAsync(deskAccount, fills, work, ct);
            metrics.Committed(Stopwatch.GetElapsedTime(begin));
            work.Stored();
            fills.Stored();
            await relay.FlushAsync(ct);
            fills.Booked(work.Outcomes, log);
            Report(deskAccount, work);
        }

        await AcknowledgeAsync(deskAccount, work, ct);
        metrics.Ticks(work.TickIds.Count);
        work.Clear();
    }

    private Task AcknowledgeAsync(DeskAccount deskAccount, Work work, CancellationToken ct)
    {
        if (work.TickIds.Count == 0 && work.OrderIds.Count == 0)
        {
            return Task.CompletedTask;
        }

        var transaction = transactions.Begin();
        if (work.OrderIds.Count > 0)
        {
            transaction.Acknowledge(lane.Of(StreamNames.Orders), ConsumerGroups.Execution, work.OrderIds);
        }

        if (work.Newest is { } newest)
        {
            transaction.SetState(lane.Key(MarketSnapshot.Key), MarketSnapshot.Write(deskAccount.Desk), deskAccount.Lease.Token);
            transaction.Acknowledge(lane.Of(StreamNames.RawTicks), ConsumerGroups.Execution, work.TickIds);
            if (newest.Run.Length > 0)
            {
                transaction.SetWatermark(newest.Run, ReplayStages.Execution, newest.Seq);
            }
        }

        return transaction.CommitAsync(ct);
    }

    private void Report(DeskAccount deskAccount, Work work)
    {
        if (work.Halt is { } halt)
        {
            log.HaltedByCheck(halt.ToString());
        }

        var now = time.GetUtcNow();
        foreach (var outcome in work.Outcomes)
        {
            metrics.Outcome(outcome, now);
            if (outcome.Order.Overfill > 0m)
            {
                log.Overfilled(outcome.Order.Id, outcome.Order.Overfill);
            }

            if (outcome.Order.State.IsTerminal)
            {
                deskAccount.RemoveTrace(outcome.Order.Id);
            }
        }

        metrics.State(lane.Name, deskAccount.Desk.Working.Count, deskAccount.Desk.TradingState == TradingState.Halted);
    }
}
