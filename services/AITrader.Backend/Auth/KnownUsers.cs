using System.Collections.Concurrent;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Whether a token's user is still there, and is still what the token says; at most <see cref="AuthOptions.UserCheckInterval"/>
/// old while the database answers.</summary>
internal sealed class KnownUsers(UserStore store, IOptions<AuthOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // With an earlier answer at hand, a newer one must not use up the deadline of a status.
    private static readonly TimeSpan DeadlineOfKnown = TimeSpan.FromMilliseconds(500);

    // As many as have ever shown a token that this system signed.
    private readonly ConcurrentDictionary<Guid, Known> _users = new();

    /// <summary>Whether the user exists with this role.</summary>
    /// <exception cref="TimeoutException">The database does not answer, and there is no recent answer.</exception>
    public async ValueTask<bool> IsAsync(Guid id, string role, CancellationToken ct)
    {
        var known = _users.GetValueOrDefault(id);
        if (known is null || time.GetElapsedTime(known.CheckedAt) >= options.Value.UserCheckInterval)
        {
            known = await CheckAsync(id, known, ct);
        }

        return known.Role == role;
    }

    /// <summary>Adds or replaces a user who has just signed in.</summary>
    public void Add(UserRow user) => Set(user.Id, user.Role, time.GetTimestamp());

    private async Task<Known> CheckAsync(Guid id, Known? before, CancellationToken ct)
    {
        // The time before the look: what is written during it may not be seen.
        var now = time.GetTimestamp();
        using var limit = new CancellationTokenSource(before?.Role is null ? Deadline : DeadlineOfKnown, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var reading = store.RoleOfAsync(id, either.Token);
        _ = reading.ContinueWith(
            static late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        try
        {
            return Set(id, await reading.WaitAsync(either.Token), now);
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested && (limit.IsCancellationRequested || TransientFailures.Includes(failure)))
        {
            // Users cannot be removed while the database is unreachable: known ones stay signed in for a while, and see the outage in the
            // status.
            return before?.Role is not null && time.GetElapsedTime(before.SeenAt) < options.Value.OutageGrace
                ? _users[id] = before with { CheckedAt = now }
                : throw new TimeoutException("The database does not say whether the token's user exists.", failure);
        }
    }

    private Known Set(Guid id, string? role, long now) => _users[id] = new Known(role, now, now);

    /// <summary>Answer of the database.</summary>
    /// <param name="Role">The user's role; null where there is no such user.</param>
    /// <param name="SeenAt">When it answered.</param>
    /// <param name="CheckedAt">When it was last queried.</param>
    private sealed record Known(string? Role, long SeenAt, long CheckedAt);
}
