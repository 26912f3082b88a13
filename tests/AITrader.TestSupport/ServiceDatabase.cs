using AITrader.Storage.Model;
using AITrader.Storage.Roles;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.TestSupport;

/// <summary>A database as the migrations leave it, and the ways into it.</summary>
/// <param name="Owner">Connection string of the schema's owner: for what a test prepares and looks at.</param>
/// <param name="App">Of the services that trade: what they lack a right for fails here as it would in production.</param>
/// <param name="Gateway">Of the gateway.</param>
public sealed record ServiceDatabase(string Owner, string App, string Gateway)
{
    private const string Password = "throw-away-password";

    /// <summary>A context of the owner's.</summary>
    public AITraderDbContext NewContext() => ContextOf(Owner);

    internal static string Logins => string.Join(", ", DatabaseRole.All.Select(static role => role.DefaultLogin));

    internal static ServiceDatabase At(string owner) => new(owner, LoginAt(owner, DatabaseRole.App), LoginAt(owner, DatabaseRole.Gateway));

    /// <summary>Brings an empty database to where the migrations program would.</summary>
    internal static async Task MigrateAsync(string owner)
    {
        await using var db = ContextOf(owner + ";Pooling=false");
        await db.Database.MigrateAsync();
        var logins = DatabaseRole.All.Select(static role => new RoleLogin(role, role.DefaultLogin, Password)).ToList();
        await DatabaseRoles.ApplyAsync(db, logins, CancellationToken.None);
    }

    private static string LoginAt(string owner, DatabaseRole role) =>
        new NpgsqlConnectionStringBuilder(owner) { Username = role.DefaultLogin, Password = Password }.ConnectionString;

    private static AITraderDbContext ContextOf(string connection) =>
        new(new DbContextOptionsBuilder<AITraderDbContext>().UseNpgsql(connection, static npgsql => npgsql.EnableRetryOnFailure()).Options);
}
