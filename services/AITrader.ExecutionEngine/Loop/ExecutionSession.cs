using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.DeadMan;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Orders;
using AITrader.ExecutionEngine.Reconciliation;
using AITrader.Messaging;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>What sessions share.</summary>
internal sealed record SessionParts(
    Lane Lane,
    AccountReader Accounts,
    Committer Committer,
    OrderIntake Intake,
    AccountGuard Guard,
    Quarantine Quarantine,
    DeadManTimer DeadMan,
    IWatermarks Watermarks,
    ICache Cache,
    IStreamTail Tail,
    IOptions<ExecutionOptions> Options,
    TimeProvider Time,
    ILogger<ExecutionSession> Log
);

/// <summary>Processes orders and ticks sequentially, from one load of the account to the next failure.</summary>
internal sealed class ExecutionSession(SessionParts parts, DeskAccount deskAccount, EntryFeed<Tick> ticks, EntryFeed<OrderMessage> orders)
{
    // A compromise between the cost of a transaction and its length.
    private const int MaxOutcomes = 500;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly ReplayGate _gate = new(parts.Watermarks, parts.Cache, parts.Time);
    private readonly EntryBatches _batches = new(parts.Quarantine);
    private readonly Work _work = new();
    private readonly long _begunAt = parts.Time.GetTimestamp();
    private Task? _poll;

    private TradingDesk Desk => deskAccount.Desk;

    // Before the broker's books are compared they would be denied, for good. They wait, for as long as an order may be old.
    private bool HoldsOrders =>
        deskAccount.Broker is not null
        && Desk is { IsReconciled: true, IsAgreed: false }
        && parts.Time.GetElapsedTime(_begunAt) <= parts.Options.Value.MaxOrderAge;

    /// <summary>Runs until a step fails, or the account has to be loaded again.</summary>
    public async Task RunAsync(Action reportProgress, CancellationToken ct)
    {
        try
        {
            await TakeAllAsync(reportProgress, ct);
        }
        finally
        {
            await (deskAccount.Broker?.DisposeAsync() ?? ValueTask.CompletedTask);
            _work.Abandon();
        }
    }

    private async Task TakeAllAsync(Action reportProgress, CancellationToken ct)
    {
        _work.Outcomes.AddRange(deskAccount.Opening);
        await CommitAsync(ct);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await WaitForWorkAsync(ticks.Arrival, ct);
            if (orders.HasArrived && !HoldsOrders)
            {
                await TakeOrdersAsync(await orders.TakeAsync(), ct);
            }

            if (ticks.HasArrived)
            {
                await TakeTicksAsync(await ticks.TakeAsync(), ct);
            }

            await TakeNewsAsync(ct);
            if (await GuardAsync(ct))
            {
                return;
            }

            reportProgress();
        }
    }

    private async Task WaitForWorkAsync(Task awaited, CancellationToken ct)
    {
        if (_poll is null or { IsCompleted: true })
        {
            _poll = Task.Delay(PollInterval, parts.Time, ct);
        }

        await Task.WhenAny(awaited, HoldsOrders ? _poll : orders.Arrival, _poll, deskAccount.Broker?.Arrival ?? _poll);
    }

    private async Task TakeNewsAsync(CancellationToken ct)
    {
        if (deskAccount.Broker is { Arrival.IsCompleted: true } broker)
        {
            await broker.TakeAsync(_work, ct);
            await CommitAsync(ct);
        }
    }

    private Task TakeTicksAsync(IReadOnlyList<StreamEntry<Tick>> entries, CancellationToken ct) =>
        _batches.TakeAsync(ticks, entries, OfferAsync, ct);

    private async Task OfferAsync(IReadOnlyList<StreamEntry<Tick>> entries, CancellationToken ct)
    {
        foreach (var (id, tick) in entries.Select(static entry => (entry.Id, entry.Message)))
        {
            if (tick.Run != deskAccount.Run)
            {
                await EndRunAsync(RunChoice.Of(tick), ct);
            }

            if (!_gate.IsOpen(tick))
            {
                await CommitAsync(ct);
                await WaitForDecisionsAsync(tick, ct);
            }

            if (tick.Run != Desk.Run || _work.Outcomes.Count >= MaxOutcomes)
            {
                await CommitAsync(ct);
                Announce(tick);
            }

            if (deskAccount.Equity.Before(tick.Timestamp, Desk) is { } worth)
            {
                _work.Equity.Add(worth);
            }

            _work.Add(id, tick, Desk.OnTick(tick.ToBookable()));
        }

        await CommitAsync(ct);
    }

    // What is left of an order ends with its run. The entries at hand come again, to the account of the next one.
    private async Task EndRunAsync(RunChoice next, CancellationToken ct)
    {
        await CommitAsync(ct);
        if (Desk.IsReconciled)
        {
            // What it ends with must not depend on when the guard has looked last.
            await parts.Guard.MarkAsync(deskAccount, ct);
        }

        _work.Outcomes.AddRange(Desk.BeginRun(next.Run));
        await CommitAsync(ct);
        throw new RunChangedException(next);
    }

    private void Announce(Tick tick)
    {
        if (tick.Run.Length > 0 && tick.Run != Desk.Run)
        {
            parts.Log.RunBegins(tick.Run, tick.Seq);
        }
    }

    // Orders and checks are processed meanwhile: a halt must not wait for a replay.
    private async Task WaitForDecisionsAsync(Tick tick, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var decided = _gate.DecidedBeforeAsync(tick, waiting.Token);
        try
        {
            while (!decided.IsCompleted)
            {
                await _gate.AnnounceAsync(tick, ct);
                await WaitForWorkAsync(decided, ct);
                if (orders.HasArrived)
                {
                    await TakeOrdersAsync(await orders.TakeAsync(), ct);
                }

                await TakeNewsAsync(ct);
                if (await GuardAsync(ct))
                {
                    throw new AccountReopenedException();
                }
            }

            var watermark = await decided;
            await DrainOrdersAsync(ct);
            _gate.Open(tick.Run, watermark);
        }
        finally
        {
            await waiting.CancelAsync();
        }
    }

    // All orders that the watermark covers are on the bus by now; the newest entry shows when all are taken.
    private async Task DrainOrdersAsync(CancellationToken ct)
    {
        if (await parts.Tail.LastAsync<OrderMessage>(parts.Lane.Of(StreamNames.Orders), ct) is not { } newest)
        {
            return;
        }

        while (!orders.HasReached(newest.Id))
        {
            var entries = await orders.TakeWaitingAsync(ct);
            if (entries.Count == 0)
            {
                // Acknowledged before this session, or given up as unreadable: there is nothing left to come before it.
                return;
            }

            await TakeOrdersAsync(entries, ct);
        }
    }

    private Task TakeOrdersAsync(IReadOnlyList<StreamEntry<OrderMessage>> entries, CancellationToken ct) =>
        _batches.TakeAsync(orders, entries, SubmitAsync, ct);

    private async Task SubmitAsync(IReadOnlyList<StreamEntry<OrderMessage>> entries, CancellationToken ct)
    {
        foreach (var foreign in entries.Select(static entry => entry.Message).DistinctBy(static order => order.Run))
        {
            if (foreign.Run != deskAccount.Run && await RunChoice.Of(foreign).IsAheadAsync(parts.Accounts, deskAccount.Id, ct))
            {
                await parts.Intake.TakeAsync(deskAccount, [.. entries.TakeWhile(entry => entry.Message.Run != foreign.Run)], _work, ct);
                await EndRunAsync(RunChoice.Of(foreign), ct);
            }
        }

        await parts.Intake.TakeAsync(deskAccount, entries, _work, ct);
        await CommitAsync(ct);
    }

    /// <summary>True when the account was in doubt and trading was activated again: it has to be loaded and compared anew.</summary>
    private async Task<bool> GuardAsync(CancellationToken ct)
    {
        if (!parts.Guard.IsDue)
        {
            return false;
        }

        var before = deskAccount.TradingState;
        _work.Outcomes.AddRange(
            Desk.IsReconciled ? await parts.Guard.CheckAsync(deskAccount, ct) : await parts.Guard.FollowAsync(deskAccount, ct)
        );
        _work.Outcomes.AddRange(await parts.DeadMan.CheckAsync(deskAccount, ct));
        await CommitAsync(ct);
        return !Desk.IsReconciled && deskAccount.TradingState != before && deskAccount.TradingState != TradingStates.Halted;
    }

    private Task CommitAsync(CancellationToken ct) => parts.Committer.CommitAsync(deskAccount, _work, ct);
}

/// <summary>Trading was activated again after a doubt; ends the session during a wait.</summary>
internal sealed class AccountReopenedException : Exception;
