using AITrader.Contracts;
using AITrader.Domain.Ticks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Tests;

public sealed class TickStoreTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private const string Stream = StreamNames.RawTicks;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_ticks_as_they_are()
    {
        var ticks = Range("as-is", 1, 6);

        Assert.Equal(6, await storage.Ticks.AppendAsync(ticks, Stream, "1-6", Ct));

        var found = (await storage.Ticks.QueryAsync("BTCUSDT", Samples.Time, Samples.Time.AddHours(1), 1000, Ct)).Where(static tick =>
            tick.Run == "as-is"
        );
        Assert.Equal(ticks, found);
    }

    [Fact]
    public async Task Keeps_the_position_with_the_rows()
    {
        await storage.Ticks.AppendAsync(Range("position", 1, 5), Stream, "7-0", Ct);
        await storage.Ticks.AppendAsync(Range("position", 6, 5), Stream, "8-0", Ct);

        await using var db = storage.NewContext();
        var position = await db.StreamPositions.SingleAsync(static row => row.Scope == "position", Ct);
        Assert.Equal((Stream, "8-0", 10L), (position.Stream, position.LastId, position.LastSeq));
    }

    [Theory]
    [InlineData(1, 10, 0)]
    [InlineData(4, 10, 3)]
    [InlineData(3, 5, 0)]
    [InlineData(11, 4, 4)]
    public async Task Redelivery_with_other_boundaries_stores_only_what_is_new(int from, int count, int expected)
    {
        var run = $"again-{from}-{count}";
        await storage.Ticks.AppendAsync(Range(run, 1, 10), Stream, "1-0", Ct);

        Assert.Equal(expected, await storage.Ticks.AppendAsync(Range(run, from, count), Stream, "2-0", Ct));

        Assert.Equal(10 + expected, await CountAsync(run));
    }

    [Fact]
    public async Task Stores_what_a_dead_consumer_left_behind()
    {
        await storage.Ticks.AppendAsync(Range("gap", 11, 10), Stream, "2-0", Ct);

        Assert.Equal(10, await storage.Ticks.AppendAsync(Range("gap", 1, 12), Stream, "1-0", Ct));
        Assert.Equal(20, await CountAsync("gap"));
    }

    [Fact]
    public async Task Same_tick_twice_in_a_batch_is_stored_once()
    {
        var ticks = Range("double", 1, 3);

        Assert.Equal(3, await storage.Ticks.AppendAsync([.. ticks, .. ticks], Stream, "1-0", Ct));
        Assert.Equal(3, await CountAsync("double"));
    }

    [Fact]
    public async Task Live_feed_that_counts_from_one_again_loses_nothing()
    {
        await storage.Ticks.AppendAsync(Range("", 1, 5), Stream, "1-0", Ct);
        var restarted = Enumerable.Range(1, 5).Select(seq => Samples.Tick(seq, at: Samples.Time.AddHours(2).AddMicroseconds(seq))).ToList();

        Assert.Equal(5, await storage.Ticks.AppendAsync(restarted, Stream, "2-0", Ct));
        Assert.Equal(0, await storage.Ticks.AppendAsync(restarted, Stream, "2-0", Ct));
    }

    [Fact]
    public async Task Several_instances_with_the_same_ticks_store_each_once()
    {
        var batches = Enumerable.Range(0, 8).Select(n => Range("parallel", 1 + (n * 50), 200)).ToList();

        await Task.WhenAll(batches.Select(batch => Task.Run(() => storage.Ticks.AppendAsync(batch, Stream, "1-0", Ct))));

        Assert.Equal(550, await CountAsync("parallel"));
    }

    [Fact]
    public async Task Failure_leaves_neither_rows_nor_position()
    {
        var ticks = Range("broken", 1, 3);
        ticks[2] = ticks[2] with { Symbol = "NUL\0" };

        await Assert.ThrowsAsync<PostgresException>(() => storage.Ticks.AppendAsync(ticks, Stream, "1-0", Ct));

        await using var db = storage.NewContext();
        Assert.Equal(0, await CountAsync("broken"));
        Assert.False(await db.StreamPositions.AnyAsync(static row => row.Scope == "broken", Ct));
    }

    [Fact]
    public async Task Partitions_are_made_on_demand_for_every_day_of_a_batch()
    {
        var days = Enumerable
            .Range(0, 3)
            .Select(day => Samples.Tick(day + 1, "days", at: new DateTimeOffset(2019, 12, 31, 23, 59, 59, TimeSpan.Zero).AddDays(day)))
            .ToList();

        await storage.Ticks.AppendAsync(days, Stream, "1-0", Ct);

        Assert.Equal(["ticks_20191231", "ticks_20200101", "ticks_20200102"], await PartitionsAsync("ticks_2019%", "ticks_2020%"));
    }

    [Fact]
    public async Task Partitions_know_how_many_ticks_they_hold()
    {
        var at = new DateTimeOffset(2018, 6, 1, 23, 59, 58, TimeSpan.Zero);
        var ticks = Enumerable.Range(1, 4).Select(seq => Samples.Tick(seq, "counted", at: at.AddSeconds(seq))).ToList();

        await storage.Ticks.AppendAsync(ticks, Stream, "1-0", Ct);
        await storage.Ticks.AppendAsync(ticks, Stream, "1-0", Ct);

        await using var db = storage.NewContext();
        var counts = await db
            .TickPartitions.Where(static row => row.Day.Year == 2018)
            .OrderBy(static row => row.Day)
            .Select(static row => row.Rows)
            .ToListAsync(Ct);
        Assert.Equal([1L, 3L], counts);
    }

    [Fact]
    public async Task Ensuring_partitions_from_several_instances_makes_each_once()
    {
        var first = new DateOnly(2031, 1, 1);

        var made = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => storage.Ticks.EnsurePartitionsAsync(first, first.AddDays(4), Ct)))
        );

        Assert.Equal(5, made.Sum());
        Assert.Equal(5, (await PartitionsAsync("ticks_2031%", "-")).Count);
    }

    [Fact]
    public async Task Drops_old_days_but_not_those_that_were_loaded_lately()
    {
        var (old, loaded) = (new DateOnly(2001, 1, 1), new DateOnly(2001, 1, 2));
        await storage.Ticks.EnsurePartitionsAsync(old, loaded, Ct);
        await using var db = storage.NewContext();
        await db
            .TickPartitions.Where(row => row.Day == old)
            .ExecuteUpdateAsync(static set => set.SetProperty(static row => row.LastWriteAt, Samples.Time), Ct);

        var dropped = await storage.Ticks.DropPartitionsAsync(new DateOnly(2002, 1, 1), Samples.Time.AddSeconds(1), Ct);

        Assert.Equal([old], dropped);
        Assert.Equal(["ticks_20010102"], await PartitionsAsync("ticks_2001%", "-"));
        Assert.Equal(1, await storage.Ticks.EnsurePartitionsAsync(old, loaded, Ct));
    }

    [Fact]
    public async Task Query_gives_one_symbol_by_time_and_sequence_within_the_limit()
    {
        var at = Samples.Time.AddDays(40);
        List<Tick> ticks =
        [
            Samples.Tick(3, "q", "A", at),
            Samples.Tick(1, "q", "A", at),
            Samples.Tick(2, "q", "B", at),
            Samples.Tick(4, "q", "A", at.AddSeconds(1)),
        ];
        await storage.Ticks.AppendAsync(ticks, Stream, "1-0", Ct);

        var found = await storage.Ticks.QueryAsync("A", at, at.AddSeconds(1), 10, Ct);
        var first = await storage.Ticks.QueryAsync("A", at, at.AddSeconds(10), 2, Ct);

        Assert.Equal([1L, 3L], found.Select(static tick => tick.Seq));
        Assert.Equal([1L, 3L], first.Select(static tick => tick.Seq));
    }

    [Fact]
    public async Task Large_batches_go_through_copy()
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var batch = 0; batch < 5; batch++)
        {
            await storage.Ticks.AppendAsync(Range("bulk", 1 + (batch * 10_000), 10_000), Stream, "1-0", Ct);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"50,000 ticks in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms"
        );
        Assert.Equal(50_000, await CountAsync("bulk"));
    }

    private static List<Tick> Range(string run, int from, int count) =>
        Enumerable.Range(from, count).Select(seq => Samples.Tick(seq, run)).ToList();

    private async Task<int> CountAsync(string run)
    {
        await using var db = storage.NewContext();
        return await db.Ticks.CountAsync(row => row.Run == run, Ct);
    }

    private async Task<List<string>> PartitionsAsync(string like, string orLike)
    {
        await using var db = storage.NewContext();
        return await db
            .Database.SqlQuery<string>(
                $"""
                SELECT c.relname AS "Value" FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'ticks'::regclass AND (c.relname LIKE {like} OR c.relname LIKE {orLike}) ORDER BY 1
                """
            )
            .ToListAsync(Ct);
    }
}
