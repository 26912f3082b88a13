using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Users who may sign in.</summary>
public sealed class UserStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>The user's role; null where there is no such user.</summary>
    public async Task<string?> RoleOfAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.Where(row => row.Id == id).Select(static row => row.Role).SingleOrDefaultAsync(ct);
    }

    /// <summary>The user of this name; made with this role where absent, by whichever instance is first.</summary>
    public async Task<UserRow> EnsureAsync(string name, string role, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Username == name, ct)
            ?? await db.InTransactionAsync(token => CreateAsync(db, name, role, token), ct);
    }

    private async Task<UserRow> CreateAsync(AITraderDbContext db, string name, string role, CancellationToken ct)
    {
        var made = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO users (id, username, role, created_at) VALUES ({DeterministicId.Create("user", name)}, {name}, {role}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            ct
        );
        var user = await db.Users.SingleAsync(row => row.Username == name, ct);
        if (made == 1)
        {
            audit.Add(db, new AuditEntry("user.created", user.Id, "user", user.Id.ToString(), new { username = name, role }));
        }

        return user;
    }
}
