using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Sign-in codes that were made and not used yet, by their hashes.</summary>
public sealed class SignInStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Adds a code of the user's with an audit event, and forgets those whose time is over.</summary>
    /// <param name="user">Whom it signs in.</param>
    /// <param name="hash">Hash of the code.</param>
    /// <param name="lifetime">For how long from now it is good.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>When it ends.</returns>
    public async Task<DateTimeOffset> AddAsync(Guid user, byte[] hash, TimeSpan lifetime, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var expires = now + lifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await db.SignInCodes.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(token);
                db.SignInCodes.Add(
                    new SignInCodeRow
                    {
                        Hash = hash,
                        UserId = user,
                        CreatedAt = now,
                        ExpiresAt = expires,
                    }
                );
                audit.Add(db, new AuditEntry("auth.link_made", null, "user", user.ToString(), new { expires_at = expires }));
            },
            ct
        );
        return expires;
    }

    /// <summary>Takes a code, once, with an audit event: of two that come together with it, one gets its user.</summary>
    /// <param name="hash">Hash of the code.</param>
    /// <param name="sessionLifetime">For how long the session is good that it begins, for the audit event.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>The user; null where the code was used before, is too old or was never added.</returns>
    public async Task<UserRow?> TakeAsync(byte[] hash, TimeSpan sessionLifetime, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(token => TakeAsync(db, hash, sessionLifetime, token), ct);
    }

    private async Task<UserRow?> TakeAsync(AITraderDbContext db, byte[] hash, TimeSpan sessionLifetime, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var user = await db.Users.SingleOrDefaultAsync(row => db.SignInCodes.Any(code => code.Hash == hash && code.UserId == row.Id), ct);
        var taken = await db.SignInCodes.Where(row => row.Hash == hash && row.ExpiresAt > now).ExecuteDeleteAsync(ct);
        if (user is null || taken == 0)
        {
            return null;
        }

        audit.Add(db, new AuditEntry("auth.sign_in", user.Id, "user", user.Id.ToString(), new { expires_at = now + sessionLifetime }));
        return user;
    }
}
