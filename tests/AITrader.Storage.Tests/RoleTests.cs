using AITrader.Storage.Roles;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Tests;

/// <summary>What a service that was broken into cannot do. What the services need is proven by their own tests, which run under these
/// logins.</summary>
public sealed class RoleTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> ForbiddenToAll =>
        [
            "CREATE TABLE mine (a int)",
            "CREATE TEMPORARY TABLE mine (a int)",
            "CREATE SCHEMA mine",
            "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE ROLE mine",
            "CREATE DATABASE mine",
            "CREATE EXTENSION dblink",
            "DROP TABLE trades",
            "DROP FUNCTION make_tick_partition(date)",
            "ALTER TABLE trades DROP COLUMN pnl",
            "ALTER TABLE trades DISABLE TRIGGER ALL",
            "TRUNCATE audit_events",
            "DELETE FROM audit_events",
            "UPDATE audit_events SET event_type = 'x'",
            "UPDATE executions SET price = 1",
            "DELETE FROM executions",
            "UPDATE trades SET pnl = 1",
            "DELETE FROM trades",
            "UPDATE order_events SET status = 'FILLED'",
            "DELETE FROM orders",
            "DELETE FROM accounts",
            "DELETE FROM ticks",
            "UPDATE ticks SET price = 1",
            "UPDATE documents SET body = 'x'",
            "DELETE FROM documents",
            "DELETE FROM users",
            "SELECT * FROM pg_authid",
            "SELECT * FROM pg_hba_file_rules",
            "SELECT * FROM \"__EFMigrationsHistory\"",
            "SELECT pg_read_file('/etc/passwd')",
            "COPY (SELECT 1) TO '/tmp/mine'",
            "COPY (SELECT 1) TO PROGRAM 'cat'",
            "ALTER SYSTEM SET log_statement = 'all'",
            "SET ROLE postgres",
            "ALTER ROLE CURRENT_USER SUPERUSER",
            "GRANT pg_read_all_data TO CURRENT_USER",
        ];

    public static TheoryData<string> ForbiddenToServices =>
        [
            "SELECT * FROM users",
            "INSERT INTO users (id, username, role, created_at) VALUES (gen_random_uuid(), 'mine', 'admin', now())",
            "UPDATE users SET role = 'admin'",
            "SELECT * FROM sign_in_codes",
            "INSERT INTO feature_flags (name, enabled, description, updated_at) VALUES ('decisions.forecast', true, '', now())",
            "UPDATE feature_flags SET enabled = true",
            "INSERT INTO sign_in_codes (hash, user_id, created_at, expires_at) SELECT decode(repeat('00', 32), 'hex'), id, now(), now() FROM users",
            "DELETE FROM accounts",
            "DELETE FROM runs",
        ];

    public static TheoryData<string> ForbiddenToTheGateway =>
        [
            "UPDATE accounts SET cash = 1000000",
            "UPDATE positions SET qty = 1",
            "INSERT INTO positions (symbol, qty) VALUES ('X', 1)",
            "UPDATE orders SET status = 'FILLED'",
            "INSERT INTO documents (id, source, title, body, published_at, created_at) VALUES (gen_random_uuid(), 'news', 'x', 'x', now(), now())",
            "UPDATE outbox SET payload = '{}'",
            "DELETE FROM outbox",
            "UPDATE jobs SET status = 'completed'",
            "DELETE FROM jobs",
            "INSERT INTO runs (run, kind, state, source, sha256, setup, started_at) VALUES ('x', 'backtest', 'finished', '', '', '{}', now())",
            "UPDATE runs SET state = 'finished'",
            "SELECT delete_run('x')",
            "DELETE FROM feature_flags",
            "UPDATE replay_runs SET state = 'finished'",
            "SELECT make_tick_partition('2020-01-01')",
            "SELECT drop_tick_partition('2020-01-01')",
            "SELECT nextval('trades_trade_id_seq')",
        ];

    [Theory]
    [MemberData(nameof(ForbiddenToAll))]
    [MemberData(nameof(ForbiddenToServices))]
    public async Task Services_may_not(string statement) => await AssertForbiddenAsync(storage.Database.App, statement);

    [Theory]
    [MemberData(nameof(ForbiddenToAll))]
    [MemberData(nameof(ForbiddenToTheGateway))]
    public async Task The_gateway_may_not(string statement) => await AssertForbiddenAsync(storage.Database.Gateway, statement);

    [Fact]
    public async Task Functions_of_the_owner_use_nothing_that_a_caller_can_replace()
    {
        await using var db = storage.NewContext();

        var functions = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT proname || ' ' || array_to_string(proconfig, ',') || ' ' || array_to_string(proacl, ',') AS "Value"
                FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY proname
                """
            )
            .ToListAsync(Ct);

        Assert.Equal(
            [
                "delete_run search_path=pg_catalog, public, pg_temp postgres=X/postgres,aitrader_app=X/postgres",
                "drop_tick_partition search_path=pg_catalog, public, pg_temp postgres=X/postgres,aitrader_app=X/postgres",
                "make_tick_partition search_path=pg_catalog, public, pg_temp postgres=X/postgres,aitrader_app=X/postgres",
            ],
            functions
        );
    }

    [Theory]
    [InlineData("app")]
    [InlineData("gateway")]
    public async Task A_role_has_rights_on_tables_of_the_model_alone(string kind)
    {
        var role = DatabaseRole.All.Single(one => one.Kind == kind);
        await using var db = storage.NewContext();
        await storage.Ticks.AppendAsync([Samples.Tick(1) with { Run = $"rights-{kind}" }], "stream", "1-0", Ct);

        var granted = await db
            .Database.SqlQuery<string>(
                $"SELECT DISTINCT table_name AS \"Value\" FROM information_schema.role_table_grants WHERE grantee = {role.DefaultLogin}"
            )
            .ToListAsync(Ct);

        var expected = db
            .Model.GetEntityTypes()
            .Select(static entity => entity.GetTableName()!)
            .Where(table => role.RightsOn(table).Length > 0);
        Assert.Equal(expected.Order(StringComparer.Ordinal), granted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Applying_again_changes_the_password_and_takes_back_what_was_granted_beside()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await using var db = database.NewContext();
        await db.Database.ExecuteSqlRawAsync("GRANT DELETE ON trades TO aitrader_app", Ct);

        var absent = await DatabaseRoles.ApplyAsync(
            db,
            [Login(DatabaseRole.App, "another-password"), new RoleLogin(DatabaseRole.Gateway, "never_made", null)],
            Ct
        );

        Assert.Equal(["never_made"], absent.Select(static login => login.Name));
        await AssertForbiddenAsync(
            database.App.Replace("throw-away-password", "another-password", StringComparison.Ordinal),
            "DELETE FROM trades"
        );
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database.App + ";Pooling=false", "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_database_closes_to_logins_that_are_not_its_own()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await using var db = database.NewContext();
        await db.Database.ExecuteSqlRawAsync("CREATE ROLE stranger LOGIN PASSWORD 'throw-away-password'", Ct);
        await DatabaseRoles.ApplyAsync(db, [Login(DatabaseRole.App, "throw-away-password")], Ct);

        await ExecuteAsync(database.App, "SELECT 1");
        var stranger = new NpgsqlConnectionStringBuilder(database.App) { Username = "stranger", Pooling = false };
        await AssertForbiddenAsync(stranger.ConnectionString, "SELECT 1");
    }

    [Theory]
    [InlineData("ALTER ROLE aitrader_app CREATEDB")]
    [InlineData("ALTER ROLE aitrader_app SUPERUSER")]
    [InlineData("GRANT pg_write_all_data TO aitrader_app")]
    [InlineData("GRANT CREATE ON SCHEMA public TO aitrader_app; SET ROLE aitrader_app; CREATE TABLE mine (a int); RESET ROLE")]
    public async Task A_login_with_powers_of_its_own_is_refused(string gift)
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await ExecuteAsync(database.Owner, gift);
        await using var db = database.NewContext();

        foreach (var password in new[] { "throw-away-password", null })
        {
            var refused = await Assert.ThrowsAsync<DatabaseRoleException>(() =>
                DatabaseRoles.ApplyAsync(db, [Login(DatabaseRole.App, password)], Ct)
            );
            Assert.Contains("'aitrader_app'", refused.Message);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x\"; DROP TABLE trades; --")]
    [InlineData("it's")]
    public async Task A_name_that_would_be_a_statement_is_refused(string name)
    {
        await using var db = storage.NewContext();

        await Assert.ThrowsAsync<DatabaseRoleException>(() =>
            DatabaseRoles.ApplyAsync(db, [new RoleLogin(DatabaseRole.App, name, "throw-away-password")], Ct)
        );
    }

    // RFC 7677, section 3: user "user", password "pencil".
    [Fact]
    public void A_verifier_is_what_the_standard_says() =>
        Assert.Equal(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
            ScramVerifier.Create("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="))
        );

    [Fact]
    public void A_password_is_in_no_text() => Assert.Equal("aitrader_app", $"{Login(DatabaseRole.App, "throw-away-password")}");

    private static RoleLogin Login(DatabaseRole role, string? password) => new(role, role.DefaultLogin, password);

    private static async Task AssertForbiddenAsync(string connection, string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
