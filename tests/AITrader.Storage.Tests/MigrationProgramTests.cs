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
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM accounts WHERE initial_cash = 5000 AND cash = 5000 AND currency = 'USD'"));
        await ScalarAsync(database, "UPDATE accounts SET cash = 4000 RETURNING 1::bigint");
        Assert.Equal(0, (await RunAsync(database)).ExitCode);
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM accounts WHERE cash = 4000"));
    }

    [Fact]
    public async Task Check_needs_no_database()
    {
        var run = await RunAsync(null, "--check");

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

    private static async Task<(int ExitCode, string Output)> RunAsync(string? connectionString, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AITrader.Migrations.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__aitrader"] = connectionString;
        start.Environment["Migrations__WaitForDatabase"] = "00:00:01";
        start.Environment["Account__InitialCash"] = "5000";
        start.Environment["Account__Currency"] = "USD";
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
