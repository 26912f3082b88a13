using AITrader.ExecutionEngine.Accounts;
using AITrader.Messaging;
using AITrader.Storage.Leasing;

namespace AITrader.ExecutionEngine.Loop;

/// <summary>Keeps an entry that cannot be taken from costing the others.</summary>
internal sealed class EntryBatches(Quarantine quarantine)
{
    /// <summary>Takes entries in one batch, except for those that failed before: each of these alone, until it passes or is given
    /// up.</summary>
    public async Task TakeAsync<T>(
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
            if (quarantine.IsCondemned<T>(portion[0].Id))
            {
                await feed.DeadLetterAsync(portion[0], "could not be taken; the engine's log has the reason", Quarantine.MaxAttempts, ct);
            }
            else
            {
                await TakeAsync(portion, take, ct);
            }

            quarantine.Passed<T>([.. portion.Select(static entry => entry.Id)]);
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
            quarantine.Failed<T>([.. portion.Select(static entry => entry.Id)]);
            throw new EntriesFailedException(failure);
        }
    }

    private static bool IsAboutEntries(Exception failure) =>
        failure
            is not (
                EntriesFailedException
                or AccountInDoubtException
                or AccountReopenedException
                or RunChangedException
                or LeaseLostException
            )
        && !TransientFailures.Includes(failure);

    private IReadOnlyList<StreamEntry<T>> Portion<T>(IReadOnlyList<StreamEntry<T>> entries, int start)
        where T : class
    {
        var end = start + 1;
        while (!quarantine.IsSuspect<T>(entries[start].Id) && end < entries.Count && !quarantine.IsSuspect<T>(entries[end].Id))
        {
            end++;
        }

        return start == 0 && end == entries.Count ? entries : [.. entries.Skip(start).Take(end - start)];
    }
}
