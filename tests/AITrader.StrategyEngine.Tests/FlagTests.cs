using AITrader.Storage.Flags;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Flags;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.FeatureManagement;
using Npgsql;

namespace AITrader.StrategyEngine.Tests;

/// <summary>Flags as the engine reads them, from a real database and by a clock that the test moves.</summary>
public sealed class FlagTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private ServiceDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_flag_has_a_name_of_its_own_a_default_that_changes_nothing_and_says_what_it_does()
    {
        Assert.Equal(FeatureFlags.All.Count, FeatureFlags.All.Select(static flag => flag.Name).Distinct().Count());
        Assert.All(FeatureFlags.All, static flag => Assert.True(flag.Default));
        Assert.All(FeatureFlags.All, static flag => Assert.Contains("off", flag.Description, StringComparison.Ordinal));
        Assert.Null(new FlagSet(new Dictionary<string, bool>()).Changed);
    }

    [Fact]
    public async Task A_flag_is_at_its_default_until_it_is_set_and_is_looked_at_again_after_a_second()
    {
        using var table = NewTable();
        var features = Features(table);
        Assert.True(await features.IsEnabledAsync(FeatureFlags.Forecast.Name, Ct));

        await SetAsync(FeatureFlags.Forecast, enabled: false);
        _time.Advance(FlagTable.Life - TimeSpan.FromMilliseconds(1));
        Assert.True(await features.IsEnabledAsync(FeatureFlags.Forecast.Name, Ct));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await features.IsEnabledAsync(FeatureFlags.Forecast.Name, Ct));
        Assert.True(await features.IsEnabledAsync(FeatureFlags.Sentiment.Name, Ct));

        await SetAsync(FeatureFlags.Forecast, enabled: true);
        _time.Advance(FlagTable.Life);
        Assert.True(await features.IsEnabledAsync(FeatureFlags.Forecast.Name, Ct));
    }

    [Fact]
    public async Task What_is_not_declared_is_off_even_where_the_table_has_a_row_of_it()
    {
        await SetAsync(new FeatureFlag("decisions.nonsense", Default: true, "off"), enabled: true);
        using var table = NewTable();

        Assert.False(await Features(table).IsEnabledAsync("decisions.nonsense", Ct));
        Assert.Equal(
            FeatureFlags.All.Select(static flag => flag.Name).Order(StringComparer.Ordinal),
            (await table.GetAllFeatureDefinitionsAsync().ToListAsync(Ct))
                .Select(static definition => definition.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_outage_keeps_what_was_last_known_and_the_first_reading_has_to_succeed()
    {
        await SetAsync(FeatureFlags.HostedOrders, enabled: false);
        using var table = NewTable();
        using var later = NewTable();
        var features = Features(table);
        Assert.False(await features.IsEnabledAsync(FeatureFlags.HostedOrders.Name, Ct));

        await ExecuteAsync("ALTER TABLE feature_flags RENAME TO away");
        _time.Advance(FlagTable.Life);
        Assert.False(await features.IsEnabledAsync(FeatureFlags.HostedOrders.Name, Ct));
        await Assert.ThrowsAsync<PostgresException>(() => later.CurrentAsync(Ct));

        await ExecuteAsync("ALTER TABLE away RENAME TO feature_flags");
        await SetAsync(FeatureFlags.HostedOrders, enabled: true);
        _time.Advance(FlagTable.Life);
        Assert.True(await features.IsEnabledAsync(FeatureFlags.HostedOrders.Name, Ct));
        Assert.NotEmpty(await later.CurrentAsync(Ct));
    }

    [Fact]
    public void What_a_run_began_with_is_read_back_as_it_was()
    {
        var flags = new FlagSet(new Dictionary<string, bool> { [FeatureFlags.Sentiment.Name] = false });

        var again = FlagSet.Read(flags.Write());

        Assert.False(again.IsOn(FeatureFlags.Sentiment));
        Assert.True(again.IsOn(FeatureFlags.Forecast));
        Assert.Equal([KeyValuePair.Create("decisions.sentiment", false)], again.Changed);
    }

    private FlagTable NewTable() => new(new FlagReader(new Contexts(_database.App)), _time, NullLogger<FlagTable>.Instance);

    private static FeatureManager Features(FlagTable table) => new(table);

    private async Task SetAsync(FeatureFlag flag, bool enabled)
    {
        await using var db = _database.NewContext();
        await db.FeatureFlags.Where(row => row.Name == flag.Name).ExecuteDeleteAsync(Ct);
        db.FeatureFlags.Add(
            new FeatureFlagRow
            {
                Name = flag.Name,
                Enabled = enabled,
                UpdatedAt = _time.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _database.NewContext();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    private sealed class Contexts(string connection) : IDbContextFactory<AITraderDbContext>
    {
        public AITraderDbContext CreateDbContext() => new(new DbContextOptionsBuilder<AITraderDbContext>().UseNpgsql(connection).Options);
    }
}
