using AITrader.Backend.Data;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Sign-in links that were made and not used yet. The database knows a code's hash alone.</summary>
internal sealed class SignInLinks(
    IDbContextFactory<AITraderDbContext> contexts,
    SignInCodes codes,
    IOptions<AuthOptions> options,
    TimeProvider time,
    AuditTrail audit
)
{
    /// <summary>Makes a code for the user; forgets those whose time is over.</summary>
    public async Task<(string Code, DateTimeOffset ExpiresAt)> CreateAsync(UserRow user, CancellationToken ct)
    {
        var code = codes.Create();
        var now = time.GetUtcNow();
        var expires = now + options.Value.LinkLifetime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await db.SignInCodes.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(token);
                db.SignInCodes.Add(
                    new SignInCodeRow
                    {
                        Hash = SignInCodes.HashOf(code),
                        UserId = user.Id,
                        CreatedAt = now,
                        ExpiresAt = expires,
                    }
                );
                audit.Add(db, new AuditEntry("auth.link_made", null, "user", user.Id.ToString(), new { expires_at = expires }));
            },
            ct
        );
        return (code, expires);
    }

    /// <summary>Takes a code, once: of two that come together with it, one signs in.</summary>
    public async Task<RedeemOutcome> RedeemAsync(string code, CancellationToken ct)
    {
        if (!codes.IsGenuine(code))
        {
            return new RedeemOutcome.Unknown();
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(token => TakeAsync(db, SignInCodes.HashOf(code), token), ct);
    }

    private async Task<RedeemOutcome> TakeAsync(AITraderDbContext db, byte[] hash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var user = await db.Users.SingleOrDefaultAsync(row => db.SignInCodes.Any(code => code.Hash == hash && code.UserId == row.Id), ct);
        var taken = await db.SignInCodes.Where(row => row.Hash == hash && row.ExpiresAt > now).ExecuteDeleteAsync(ct);
        if (user is null || taken == 0)
        {
            return new RedeemOutcome.Over();
        }

        audit.Add(
            db,
            new AuditEntry("auth.sign_in", user.Id, "user", user.Id.ToString(), new { expires_at = now + options.Value.SessionLifetime })
        );
        return new RedeemOutcome.SignedIn(user);
    }
}
