using AITrader.Backend.Data;
using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>The one user that the first start makes.</summary>
internal sealed class Administrator(
    IDbContextFactory<AITraderDbContext> contexts,
    IOptions<AuthOptions> options,
    TimeProvider time,
    AuditTrail audit
)
{
    private const string Role = "admin";

    /// <summary>The administrator; made where absent, by whichever instance is first.</summary>
    public async Task<UserRow> EnsureAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = options.Value.AdminUsername;
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Username == name, ct)
            ?? await db.InTransactionAsync(token => CreateAsync(db, name, token), ct);
    }

    private async Task<UserRow> CreateAsync(AITraderDbContext db, string name, CancellationToken ct)
    {
        var made = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO users (id, username, role, created_at) VALUES ({DeterministicId.Create("user", name)}, {name}, {Role}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            ct
        );
        var user = await db.Users.SingleAsync(row => row.Username == name, ct);
        if (made == 1)
        {
            audit.Add(db, new AuditEntry("user.created", user.Id, "user", user.Id.ToString(), new { username = name, role = Role }));
        }

        return user;
    }
}
