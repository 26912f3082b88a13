using System.Diagnostics;
using AITrader.TestSupport;
using Npgsql;

namespace AITrader.Storage.Tests;

/// <summary>The program itself, as a process.</summary>
public sealed class MigrationProgramTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_instances_at_once_make_one_schema_and_one_account()
    {
        var server = await PostgresServer.SharedAsync();
        var database = server.ConnectionStringFor("migrated_by_three");

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(database)));

        Assert.All(runs, static run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.Equal(
            1L,
            await ScalarAsync(database, "SELECT count(*) FROM accounts WHERE initial_cash = 5000 AND cash = 5000 AND currency = 'USD'")
        );
        await ScalarAsync(database, "UPDATE accounts SET cash = 4000 RETURNING 1::bigint");
        Assert.Equal(0, (await RunAsync(database)).ExitCode);
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM accounts WHERE cash = 4000"));
    }

    [Fact]
    public async Task Services_get_logins_whose_passwords_are_told_to_nobody()
    {
        await using var server = await PostgresServer.StartAsync();
        await ScalarAsync(server.ConnectionString, "ALTER SYSTEM SET log_statement = 'all'");
        await ScalarAsync(server.ConnectionString, "ALTER SYSTEM SET log_parameter_max_length = 0");
        await ScalarAsync(server.ConnectionString, "SELECT pg_reload_conf()");
        var database = server.ConnectionStringFor("with_logins");

        foreach (var password in new[] { "first-of-two-passwords", "second-of-two-passwords" })
        {
            var run = await RunAsync(
                database,
                settings:
                [
                    ("Roles__App__Password", password),
                    ("Roles__Gateway__Password", password),
                    ("Roles__Gateway__Name", "our_gateway"),
                ]
            );

            Assert.True(run.ExitCode == 0, run.Output);
            Assert.DoesNotContain("passwords", run.Output);
            Assert.Contains("These logins have their rights: aitrader_app, our_gateway", run.Output);
            Assert.Equal(
                "aitrader_app",
                await ScalarAsync(
                    LoginAt(database, "aitrader_app", password),
                    "SELECT current_user::text FROM orders RIGHT JOIN (SELECT 1) one ON true"
                )
            );
            Assert.Equal(0L, await ScalarAsync(LoginAt(database, "our_gateway", password), "SELECT count(*) FROM users"));
        }

        var log = await server.ReadLogAsync();
        Assert.Contains("ALTER ROLE", log);
        Assert.DoesNotContain("-of-two-passwords", log);
        Assert.DoesNotContain("SCRAM-SHA-256$", log);
    }

    [Fact]
    public async Task Without_passwords_the_logins_are_missed_by_name()
    {
        await using var server = await PostgresServer.StartAsync();

        var run = await RunAsync(server.ConnectionStringFor("without_logins"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Roles:app:Password is not set", run.Output);
        Assert.Contains("Roles:gateway:Password is not set", run.Output);
    }

    [Theory]
    [InlineData("Roles__App__Password", "short-word")]
    [InlineData("Roles__App__Password", "a password with secret-word spaces")]
    [InlineData("Roles__Gateway__Name", "secret-word")]
    public async Task Bad_login_is_named(string setting, string value)
    {
        var server = await PostgresServer.SharedAsync();

        AssertRefused(await RunAsync(server.ConnectionStringFor("never_migrated"), settings: [(setting, value)]), "Roles:");
    }

    [Fact]
    public async Task Login_that_is_a_superuser_is_refused()
    {
        var server = await PostgresServer.SharedAsync();

        AssertRefused(
            await RunAsync(server.ConnectionStringFor("owner_as_service"), settings: [("Roles__App__Name", "postgres")]),
            "'postgres' is meant for services"
        );
    }

    [Fact]
    public async Task Check_needs_no_database()
    {
        var run = await RunAsync(null, ["--check"]);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Dead_database_is_one_clear_line_and_an_exit_code()
    {
        var run = await RunAsync($"Host=127.0.0.1;Port={FreePort.Find()};Username=u;Password=secret-word;Database=d");

        AssertRefused(run, "does not answer after 1 s");
    }

    [Fact]
    public async Task Wrong_password_is_not_waited_for()
    {
        var server = await PostgresServer.SharedAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "secret-word" };

        AssertRefused(await RunAsync(wrong.ConnectionString), "password authentication failed");
    }

    [Fact]
    public async Task Missing_or_malformed_connection_string_is_named()
    {
        AssertRefused(await RunAsync(null), "ConnectionStrings:aitrader");
        AssertRefused(await RunAsync("Hots=nowhere"), "ConnectionStrings:aitrader cannot be read");
    }

    private static void AssertRefused((int ExitCode, string Output) run, string reason)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Output);
        Assert.DoesNotContain("   at ", run.Output);
        Assert.DoesNotContain("secret-word", run.Output);
        Assert.Single(run.Output.Split('\n'), static line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    private static string LoginAt(string database, string login, string password) =>
        new NpgsqlConnectionStringBuilder(database)
        {
            Username = login,
            Password = password,
            Pooling = false,
        }.ConnectionString;

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string? connectionString,
        string[]? arguments = null,
        (string Name, string Value)[]? settings = null
    )
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AITrader.Migrations.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments ?? []])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__aitrader"] = connectionString;
        start.Environment["Migrations__WaitForDatabase"] = "00:00:01";
        start.Environment["Account__InitialCash"] = "5000";
        start.Environment["Account__Currency"] = "USD";
        foreach (var (name, value) in settings ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output + await error);
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
