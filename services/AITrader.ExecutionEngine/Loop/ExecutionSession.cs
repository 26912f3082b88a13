using AITrader.Contracts.Messages;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Orders;
using AITrader.ExecutionEngine.Reconciliation;
using AITrader.Messaging;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>What sessions share.</summary>
internal sealed record SessionParts(
    Committer Committer,
    OrderIntake Intake,
    AccountGuard Guard,
    Quarantine Quarantine,
    IWatermarks Watermarks,
    ICache Cache,
    IStreamTail Tail,
    TimeProvider Time,
    ILogger<ExecutionSession> Log
);

/// <summary>From one load of the books to the next failure: orders and ticks in, effects out, one thing at a time.</summary>
internal sealed class ExecutionSession(SessionParts parts, DeskAccount books, EntryFeed<Tick> ticks, EntryFeed<OrderMessage> orders)
{
    // Enough to make one transaction worth it, little enough to keep it short.
    private const int MostOutcomes = 500;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    private readonly ReplayGate _gate = new(parts.Watermarks, parts.Cache, parts.Time);
    private readonly Work _work = new();
    private Task? _breath;

    private TradingDesk Desk => books.Desk;

    /// <summary>Runs until something fails, or the books are to be loaded again.</summary>
    public async Task RunAsync(Action reportProgress, CancellationToken ct)
    {
        _work.Outcomes.AddRange(books.Opening);
        await CommitAsync(ct);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await AnythingAsync(ticks.Arrival, ct);
            if (orders.HasArrived)
            {
                await TakeOrdersAsync(await orders.TakeAsync(), ct);
            }

            if (ticks.HasArrived)
            {
                await TakeTicksAsync(await ticks.TakeAsync(), ct);
            }

            if (await GuardAsync(ct))
            {
                return;
            }

            reportProgress();
        }
    }

    private async Task AnythingAsync(Task awaited, CancellationToken ct)
    {
        if (_breath is null or { IsCompleted: true })
        {
            _breath = Task.Delay(Breath, parts.Time, ct);
        }

        await Task.WhenAny(awaited, orders.Arrival, _breath);
    }

    private Task TakeTicksAsync(IReadOnlyList<StreamEntry<Tick>> entries, CancellationToken ct) =>
        TakeAsync(ticks, entries, OfferAsync, ct);

    private async Task OfferAsync(IReadOnlyList<StreamEntry<Tick>> entries, CancellationToken ct)
    {
        foreach (var (id, tick) in entries.Select(static entry => (entry.Id, entry.Message)))
        {
            if (!_gate.IsOpen(tick))
            {
                await CommitAsync(ct);
                await WaitForDecisionsAsync(tick, ct);
            }

            if (tick.Run != Desk.Run || _work.Outcomes.Count >= MostOutcomes)
            {
                await CommitAsync(ct);
                Announce(tick);
            }

            _work.Add(id, tick, Desk.OnTick(tick.ToBookable()));
        }

        await CommitAsync(ct);
    }

    private void Announce(Tick tick)
    {
        if (tick.Run.Length > 0 && tick.Run != Desk.Run)
        {
            parts.Log.RunBegins(tick.Run, tick.Seq);
        }
    }

    // Orders and the guard go on meanwhile: a halt must not wait for a replay.
    private async Task WaitForDecisionsAsync(Tick tick, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var decided = _gate.DecidedBeforeAsync(tick, waiting.Token);
        try
        {
            while (!decided.IsCompleted)
            {
                await _gate.AnnounceAsync(tick, ct);
                await AnythingAsync(decided, ct);
                if (orders.HasArrived)
                {
                    await TakeOrdersAsync(await orders.TakeAsync(), ct);
                }

                if (await GuardAsync(ct))
                {
                    throw new BooksReopenedException();
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

    // What the bus holds now is what the watermark promised; the newest entry tells when all of it is taken.
    private async Task DrainOrdersAsync(CancellationToken ct)
    {
        if (await parts.Tail.LastAsync<OrderMessage>(ct) is not { } newest)
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
        TakeAsync(orders, entries, SubmitAsync, ct);

    private async Task SubmitAsync(IReadOnlyList<StreamEntry<OrderMessage>> entries, CancellationToken ct)
    {
        await parts.Intake.TakeAsync(books, entries, _work, ct);
        await CommitAsync(ct);
    }

    // Together, except for those that something failed with: each of them alone, until it passes or is given up.
    private async Task TakeAsync<T>(
        EntryFeed<T> feed,
        IReadOnlyList<StreamEntry<T>> entries,
        Func<IReadOnlyList<StreamEntry<T>>, CancellationToken, Task> take,
        CancellationToken ct
    )
        where T : class
    {
        for (var start = 0; start < entries.Count; )
        {
            var portion = Portion(entries, start);
            start += portion.Count;
            if (parts.Quarantine.IsCondemned<T>(portion[0].Id))
            {
                await feed.DeadLetterAsync(portion[0], "could not be taken; the engine's log has the reason", Quarantine.MostAttempts, ct);
            }
            else
            {
                await TakeAsync(portion, take, ct);
            }

            parts.Quarantine.Passed<T>([.. portion.Select(static entry => entry.Id)]);
        }
    }

    private async Task TakeAsync<T>(
        IReadOnlyList<StreamEntry<T>> portion,
        Func<IReadOnlyList<StreamEntry<T>>, CancellationToken, Task> take,
        CancellationToken ct
    )
        where T : class
    {
        try
        {
            await take(portion, ct);
        }
        catch (Exception failure) when (IsAboutEntries(failure))
        {
            parts.Quarantine.Failed<T>([.. portion.Select(static entry => entry.Id)]);
            throw new EntriesFailedException(failure);
        }
    }

    private static bool IsAboutEntries(Exception failure) =>
        failure is not (EntriesFailedException or AccountInDoubtException or BooksReopenedException or LeaseLostException)
        && !TransientFailures.Includes(failure);

    private IReadOnlyList<StreamEntry<T>> Portion<T>(IReadOnlyList<StreamEntry<T>> entries, int start)
        where T : class
    {
        var end = start + 1;
        while (!parts.Quarantine.IsSuspect<T>(entries[start].Id) && end < entries.Count && !parts.Quarantine.IsSuspect<T>(entries[end].Id))
        {
            end++;
        }

        return start == 0 && end == entries.Count ? entries : [.. entries.Skip(start).Take(end - start)];
    }

    /// <summary>True when the books were in doubt and trading was switched on again: they are to be loaded and compared anew.</summary>
    private async Task<bool> GuardAsync(CancellationToken ct)
    {
        if (!parts.Guard.IsDue)
        {
            return false;
        }

        var before = books.TradingState;
        _work.Outcomes.AddRange(Desk.IsReconciled ? await parts.Guard.LookAsync(books, ct) : await parts.Guard.FollowAsync(books, ct));
        await CommitAsync(ct);
        return !Desk.IsReconciled && books.TradingState != before && books.TradingState != TradingStates.Halted;
    }

    private Task CommitAsync(CancellationToken ct) => parts.Committer.CommitAsync(books, _work, ct);
}

/// <summary>Trading was switched on again after a doubt; ends the session in the middle of a wait.</summary>
internal sealed class BooksReopenedException : Exception;
