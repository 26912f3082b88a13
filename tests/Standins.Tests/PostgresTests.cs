using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Standins.Tests;

public sealed class PostgresTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=x;Username=u;Password=p;Timeout=1";

    [Fact]
    public void Context_is_pooled_and_retries()
    {
        using var host = RedisTests.Host(("ConnectionStrings:db", Nowhere), static builder => builder.AddNpgsqlDbContext<Orders>(
            "db", static settings => settings.CommandTimeout = 7));
        DbContext first;
        using (var scope = host.Services.CreateScope())
        {
            first = scope.ServiceProvider.GetRequiredService<Orders>();
            Assert.True(first.Database.CreateExecutionStrategy().RetriesOnFailure);
            Assert.Equal(7, first.Database.GetCommandTimeout());
        }

        using var next = host.Services.CreateScope();
        Assert.Same(first, next.ServiceProvider.GetRequiredService<Orders>());
    }

    [Fact]
    public async Task Lost_database_is_unhealthy()
    {
        using var host = RedisTests.Host(("ConnectionStrings:db", Nowhere), static builder => builder.AddNpgsqlDbContext<Orders>(
            "db", static settings => settings.DisableRetry = true));
        Assert.Equal(HealthStatus.Unhealthy, await RedisTests.HealthAsync(host, nameof(Orders)));
    }

    [Fact]
    public async Task Living_database_is_healthy()
    {
        using var host = RedisTests.Host(
            ("ConnectionStrings:db", postgres.ConnectionString), static builder => builder.AddNpgsqlDbContext<Orders>("db"));
        Assert.Equal(HealthStatus.Healthy, await RedisTests.HealthAsync(host, nameof(Orders)));
    }

    [Fact]
    public void Section_of_the_context_counts_and_a_missing_string_is_told_at_first_use()
    {
        using var configured = RedisTests.Host(
            ("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:Orders:ConnectionString", Nowhere),
            static builder => builder.AddNpgsqlDbContext<Orders>("db"));
        using var scope = configured.Services.CreateScope();
        Assert.Contains("Port=1", scope.ServiceProvider.GetRequiredService<Orders>().Database.GetConnectionString(), StringComparison.Ordinal);

        using var missing = RedisTests.Host(("a", "b"), static builder => builder.AddNpgsqlDbContext<Orders>("db"));
        using var other = missing.Services.CreateScope();
        Assert.Throws<InvalidOperationException>(other.ServiceProvider.GetRequiredService<Orders>);
    }

    [Fact]
    public void Enrich_adds_retries_to_a_registered_context()
    {
        using var host = RedisTests.Host(("a", "b"), static builder =>
        {
            builder.Services.AddDbContextPool<Orders>(static options => options.UseNpgsql(Nowhere));
            builder.EnrichNpgsqlDbContext<Orders>();
        });
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<Orders>().Database;
        Assert.True(database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Contains("Port=1", database.GetConnectionString(), StringComparison.Ordinal);
    }

    internal sealed class Orders(DbContextOptions<Orders> options) : DbContext(options);
}
