using System.Collections.Concurrent;
using AITrader.Messaging;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Whether a token's user is still there, and is still what the token says; at most <see cref="AuthOptions.UserCheckInterval"/>
/// old while the database answers.</summary>
internal sealed class KnownUsers(IDbContextFactory<AITraderDbContext> contexts, IOptions<AuthOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // Where there is an answer to go by, a newer one is not worth more of the time in which a status is to be told.
    private static readonly TimeSpan DeadlineOfKnown = TimeSpan.FromMilliseconds(500);

    // As many as have ever shown a token that this system signed.
    private readonly ConcurrentDictionary<Guid, Known> _users = new();

    /// <summary>Whether the user exists with this role.</summary>
    /// <exception cref="TimeoutException">The database does not answer, and the user is not known well enough to go on without
    /// it.</exception>
    public async ValueTask<bool> IsAsync(Guid id, string role, CancellationToken ct)
    {
        var known = _users.GetValueOrDefault(id);
        if (known is null || time.GetElapsedTime(known.LookedAt) >= options.Value.UserCheckInterval)
        {
            known = await LookAsync(id, known, ct);
        }

        return known.Role == role;
    }

    /// <summary>Takes notice of a user who has just signed in, whatever was known before.</summary>
    public void Remember(UserRow user) => Set(user.Id, user.Role, time.GetTimestamp());

    private async Task<Known> LookAsync(Guid id, Known? before, CancellationToken ct)
    {
        // The time before the look: what is written during it may not be seen.
        var now = time.GetTimestamp();
        using var limit = new CancellationTokenSource(before?.Role is null ? Deadline : DeadlineOfKnown, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var reading = ReadAsync(id, either.Token);
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
            // From a database that is away nobody can be removed: who was there goes on for a while, and sees in the status what is wrong.
            return before?.Role is not null && time.GetElapsedTime(before.SeenAt) < options.Value.OutageGrace
                ? _users[id] = before with { LookedAt = now }
                : throw new TimeoutException("The database does not say whether the token's user exists.", failure);
        }
    }

    private async Task<string?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.Where(row => row.Id == id).Select(static row => row.Role).SingleOrDefaultAsync(ct);
    }

    private Known Set(Guid id, string? role, long now) => _users[id] = new Known(role, now, now);

    /// <summary>What the database said.</summary>
    /// <param name="Role">The user's role; null where there is no such user.</param>
    /// <param name="SeenAt">When it said so.</param>
    /// <param name="LookedAt">When it was last asked.</param>
    private sealed record Known(string? Role, long SeenAt, long LookedAt);
}
