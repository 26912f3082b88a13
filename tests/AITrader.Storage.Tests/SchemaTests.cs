using AITrader.Domain.Ticks;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Tests;

public sealed class SchemaTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Migrations_produce_the_model()
    {
        await using var db = storage.NewContext();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var db = storage.NewContext();

        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_of_the_release_before_keeps_its_prices_and_carries_finer_ones_afterwards()
    {
        var ct = TestContext.Current.CancellationToken;
        var server = await AITrader.TestSupport.PostgresServer.SharedAsync();
        using var host = StorageFixture.HostFor(await server.CreateDatabaseAsync(), new RecordingPublisher());
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContextAsync(ct);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("TradeIds", ct);
        const string Before = """
            INSERT INTO positions (symbol, qty, average_price, realised_pnl, fees, last_price, updated_at) VALUES ({0}, 1, 1, 0, 0, 0.123456789, now());
            INSERT INTO outbox (id, source, stream, kind, payload, created_at) VALUES (gen_random_uuid(), 's', 't', 'k', json_build_object(), now());
            """;
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO accounts (id, currency, initial_cash, cash, realised_pnl, fees, trading_state, halt_reason, updated_at) VALUES (1, 'INR', 1, 1, 0, 0, 'ACTIVE', '', now())",
            ct
        );
        await db.Database.ExecuteSqlRawAsync(Before, ["OLD"], ct);

        await migrator.MigrateAsync(targetMigration: null, ct);

        // The release before still writes.
        await db.Database.ExecuteSqlRawAsync(Before, ["NEW"], ct);
        Assert.Equal(
            [0.123456789m, 0.12345679m],
            await db.Positions.OrderBy(static row => row.Symbol).Select(static row => row.LastPrice!.Value).ToListAsync(ct)
        );
        Assert.Equal([0, 0], await db.Outbox.Select(static row => row.Attempts).ToListAsync(ct));
    }

    [Fact]
    public async Task A_database_of_the_release_before_keeps_its_ticks_and_learns_of_flags_and_receive_times()
    {
        var ct = TestContext.Current.CancellationToken;
        var server = await AITrader.TestSupport.PostgresServer.SharedAsync();
        using var host = StorageFixture.HostFor(await server.CreateDatabaseAsync(), new RecordingPublisher());
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContextAsync(ct);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("ReplayControl", ct);
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE ticks_20240808 PARTITION OF ticks FOR VALUES FROM ('2024-08-08 00:00:00+00') TO ('2024-08-09 00:00:00+00');
            INSERT INTO tick_partitions (day, created_at, last_write_at, rows) VALUES ('2024-08-08', now(), now(), 1);
            """,
            ct
        );
        const string BeforeFlags = """
            INSERT INTO ticks (symbol, timestamp, kind, price, volume, source, run, seq) VALUES ('BTCUSDT', '2024-08-08 12:00:00+00', 'T', 1, 1, 'test', '', {0})
            """;
        await db.Database.ExecuteSqlRawAsync(BeforeFlags, [1L], ct);

        await migrator.MigrateAsync(targetMigration: null, ct);
        await db.Database.ExecuteSqlRawAsync(BeforeFlags, [2L], ct);
        var flagged = Samples.Tick(3) with { Flags = TickFlags.Filled | TickFlags.OffTick, ReceivedAt = Samples.Time.AddSeconds(9) };
        await host.Services.GetRequiredService<ITickStore>().AppendAsync([flagged], "stream", "1-0", ct);

        var found = await host
            .Services.GetRequiredService<ITickStore>()
            .QueryAsync("BTCUSDT", Samples.Time, Samples.Time.AddDays(1), 10, ct);
        Assert.Equal(
            [
                (1L, TickFlags.None, null),
                (2L, TickFlags.None, null),
                (3L, TickFlags.Filled | TickFlags.OffTick, (DateTimeOffset?)Samples.Time.AddSeconds(9)),
            ],
            found.Select(static tick => (tick.Seq, tick.Flags, tick.ReceivedAt))
        );

        await migrator.MigrateAsync("ReplayControl", ct);
        Assert.Equal(3, await db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM ticks").SingleAsync(ct));
    }

    [Theory]
    [InlineData(
        "jobs",
        "id:uuid type:text status:text payload:jsonb result:jsonb error:text created_at:timestamptz started_at:timestamptz finished_at:timestamptz"
    )]
    [InlineData("users", "id:uuid username:text role:text created_at:timestamptz")]
    [InlineData(
        "trades",
        "trade_id:int4 timestamp:timestamptz symbol:text side:text qty:numeric price:numeric fees:numeric pnl:numeric strategy_tag:text notes:text"
    )]
    [InlineData("backtests", "id:uuid job_id:uuid metrics:jsonb timeseries_path:text created_at:timestamptz")]
    [InlineData("audit_events", "id:uuid event_type:text user_id:uuid entity_type:text entity_id:text changes:jsonb timestamp:timestamptz")]
    public async Task Core_tables_have_the_promised_columns(string table, string columns)
    {
        var found = await ColumnsAsync(table);

        Assert.All(columns.Split(' '), column => Assert.Contains(column, found));
    }

    [Fact]
    public async Task Every_table_has_the_columns_that_the_model_reads()
    {
        await using var db = storage.NewContext();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var expected = entity.GetProperties().Select(property => $"{property.GetColumnName(table)}:{Short(property.GetColumnType())}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), (await ColumnsAsync(table.Name)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Ticks_are_partitioned_by_time_with_a_brin_index()
    {
        await using var db = storage.NewContext();

        var strategy = await ScalarAsync(db, "SELECT pg_get_partkeydef('ticks'::regclass) AS \"Value\"");
        var index = await ScalarAsync(db, "SELECT indexdef AS \"Value\" FROM pg_indexes WHERE tablename = 'ticks'");

        Assert.Equal("RANGE (\"timestamp\")", strategy);
        Assert.Contains("USING brin (\"timestamp\")", index);
    }

    [Fact]
    public async Task Documents_are_found_by_their_words()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = storage.NewContext();
        db.Documents.Add(
            new DocumentRow
            {
                Id = Samples.Id("doc"),
                Source = "test",
                Title = "Quarterly results",
                Body = "Margins widened sharply.",
                PublishedAt = Samples.Time,
                CreatedAt = Samples.Time,
            }
        );
        await db.SaveChangesAsync(ct);

        var found = await db
            .Documents.Where(row => row.SearchVector.Matches(EF.Functions.WebSearchToTsQuery("english", "margin widening")))
            .Select(static row => row.Title)
            .ToListAsync(ct);

        Assert.Equal(["Quarterly results"], found);
    }

    private static Task<string> ScalarAsync(AITraderDbContext db, string sql) =>
        db.Database.SqlQueryRaw<string>(sql).SingleAsync(TestContext.Current.CancellationToken);

    private static string Short(string type) =>
        type.Split('(')[0] switch
        {
            "timestamp with time zone" => "timestamptz",
            "integer" => "int4",
            "bigint" => "int8",
            "smallint" => "int2",
            "boolean" => "bool",
            "double precision" => "float8",
            "character" => "bpchar",
            var other => other,
        };

    private async Task<List<string>> ColumnsAsync(string table)
    {
        await using var db = storage.NewContext();
        return await db
            .Database.SqlQuery<string>(
                $"SELECT column_name || ':' || udt_name AS \"Value\" FROM information_schema.columns WHERE table_schema = 'public' AND table_name = {table}"
            )
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}
