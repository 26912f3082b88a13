using System.Collections.Concurrent;
using AITrader.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Whether a token's user is still there, and is still what the token says; at most <see cref="AuthOptions.UserCheckInterval"/> old.</summary>
internal sealed class KnownUsers(IDbContextFactory<AITraderDbContext> contexts, IOptions<AuthOptions> options, TimeProvider time)
{
    // As many as have ever shown a token that this system signed.
    private readonly ConcurrentDictionary<Guid, (string? Role, long ReadAt)> _users = new();

    /// <summary>Whether the user exists with this role.</summary>
    public async ValueTask<bool> IsAsync(Guid id, string role, CancellationToken ct)
    {
        if (!_users.TryGetValue(id, out var known) || time.GetElapsedTime(known.ReadAt) >= options.Value.UserCheckInterval)
        {
            known = _users[id] = await ReadAsync(id, ct);
        }

        return known.Role == role;
    }

    /// <summary>Takes notice of a user who has just signed in, whatever was known before.</summary>
    public void Remember(UserRow user) => _users[user.Id] = (user.Role, time.GetTimestamp());

    private async Task<(string? Role, long ReadAt)> ReadAsync(Guid id, CancellationToken ct)
    {
        // The time before the look: what is written during it may not be seen.
        var readAt = time.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.Users.Where(row => row.Id == id).Select(static row => row.Role).SingleOrDefaultAsync(ct), readAt);
    }
}
