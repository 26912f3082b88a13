using System.Data.Common;
using System.Text.RegularExpressions;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Tests;

/// <summary>Reading what is stored: pages, ranges, recordings, holes. Every test has days of its own.</summary>
public sealed partial class TickHistoryTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITickHistory History => storage.Services.GetRequiredService<ITickHistory>();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_join_without_gap_or_overlap(int size)
    {
        var at = new DateTimeOffset(2015, 1, size % 28, 23, 59, 59, TimeSpan.Zero);
        var random = new Random(size);
        var run = $"pages-{size}";

        // Bursts at one microsecond, pauses of hours, over midnight and an empty day.
        var ticks = new List<Tick>();
        for (var seq = 1; seq <= 240; seq++)
        {
            at += random.Next(10) switch
            {
                < 6 => TimeSpan.Zero,
                < 9 => TimeSpan.FromMilliseconds(random.Next(1, 900)),
                _ => TimeSpan.FromHours(random.Next(1, 5)),
            };
            ticks.Add(Samples.Tick(seq, run, seq % 3 == 0 ? "A" : "B", at));
        }

        await StoreAsync(ticks);
        var range = new TickRange([], ticks[0].Timestamp, ticks[^1].Timestamp.AddMicroseconds(1), run);
        var paged = new List<Tick>();
        while (await History.PageAsync(range, paged.Count == 0 ? null : TickPlace.Of(paged[^1]), size, Ct) is { Count: > 0 } page)
        {
            Assert.True(page.Count == size || paged.Count + page.Count == ticks.Count);
            paged.AddRange(page);
        }

        Assert.Equal(ticks, paged);
        Assert.Equal(ticks, await ListAsync(range));
        Assert.Equal(ticks.Where(static tick => tick.Symbol == "A"), await ListAsync(range with { Symbols = ["A"] }));
        Assert.Equal(ticks, await ListAsync(range with { Symbols = ["A", "B"] }));
        Assert.Equal(
            ticks.SkipLast(1).TakeWhile(tick => tick.Timestamp < ticks[^1].Timestamp),
            await ListAsync(range with { Until = ticks[^1].Timestamp })
        );
        Assert.Empty(await ListAsync(range with { Symbols = ["C"] }));
    }

    [Fact]
    public async Task More_than_a_page_streams_in_order()
    {
        var start = new DateTimeOffset(2014, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var ticks = Enumerable.Range(1, 12_000).Select(seq => Samples.Tick(seq, "stream", at: start.AddMilliseconds(seq * 5 / 3))).ToList();
        await StoreAsync(ticks);

        Assert.Equal(ticks, await ListAsync(new TickRange(["BTCUSDT"], start, start.AddHours(1), "stream")));
    }

    [Fact]
    public async Task Takes_the_live_recording_or_else_the_newest_run()
    {
        var (first, second) = (
            new DateTimeOffset(2013, 5, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2013, 5, 2, 0, 0, 0, TimeSpan.Zero)
        );
        await using (var db = storage.NewContext())
        {
            db.ReplayRuns.Add(
                new ReplayRunRow
                {
                    Run = "which-1",
                    Source = "w",
                    Sha256 = "w",
                    Attempt = 1,
                    StartedAt = Samples.Time.AddDays(1),
                }
            );
            db.ReplayRuns.Add(
                new ReplayRunRow
                {
                    Run = "which-2",
                    Source = "w",
                    Sha256 = "w",
                    Attempt = 2,
                    StartedAt = Samples.Time,
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        await StoreAsync([Samples.Tick(1, "which-1", at: first), Samples.Tick(2, "which-1", at: second)]);
        await StoreAsync([Samples.Tick(1, "which-2", at: first)]);
        await StoreAsync([Samples.Tick(900_000, string.Empty, at: second)]);

        Assert.Equal("which-1", await History.FindRunAsync(new TickRange(["BTCUSDT"], first, second), Ct));
        Assert.Equal(string.Empty, await History.FindRunAsync(new TickRange(["BTCUSDT"], first, second.AddDays(1)), Ct));
        Assert.Null(await History.FindRunAsync(new TickRange(["ETHUSDT"], first, second.AddDays(1)), Ct));
    }

    [Fact]
    public async Task A_page_reads_one_partition_and_a_part_of_its_blocks()
    {
        var start = new DateTimeOffset(2012, 7, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < 3; day++)
        {
            var from = day * 20_000;
            await StoreAsync(
                Enumerable.Range(1, 20_000).Select(n => Samples.Tick(from + n, "plan", at: start.AddDays(day).AddSeconds(n))).ToList()
            );
        }

        await using var db = storage.NewContext();
        await db.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE) ticks", Ct);
        var noon = start.AddDays(1).AddHours(3);
        var range = new TickRange(["BTCUSDT"], start, start.AddDays(3), "plan");
        await using var piece = TickHistory
            .Piece(db, range, noon, noon.AddSeconds(30), new TickPlace(noon, 31_000, "test", "BTCUSDT"), 5000)
            .CreateDbCommand();
        var plan = await ExplainAsync(db, piece);

        Assert.Contains("ticks_20120702", plan);
        Assert.DoesNotContain("ticks_20120701", plan);
        Assert.DoesNotContain("ticks_20120703", plan);
        Assert.Contains("Bitmap Index Scan on ticks_20120702_timestamp_idx", plan);
        var pages = long.Parse(Blocks().Match(plan).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        var all = await db.Database.SqlQueryRaw<long>("SELECT pg_relation_size('ticks_20120702') / 8192 AS \"Value\"").SingleAsync(Ct);
        Assert.True(pages <= 2 * 32 && pages < all / 2, $"{pages} of {all} blocks were read:\n{plan}");
    }

    [Fact]
    public async Task New_partitions_summarise_their_blocks_as_they_fill()
    {
        await storage.Ticks.EnsurePartitionsAsync(new DateOnly(2011, 1, 1), new DateOnly(2011, 1, 1), Ct);
        await using var db = storage.NewContext();

        var index = await db
            .Database.SqlQueryRaw<string>("SELECT indexdef AS \"Value\" FROM pg_indexes WHERE tablename = 'ticks_20110101'")
            .SingleAsync(Ct);

        Assert.Contains("USING brin (\"timestamp\") WITH (pages_per_range='32', autosummarize='on')", index);
    }

    [Fact]
    public async Task Reports_holes_pauses_duplicates_and_disorder_exactly()
    {
        var start = new DateTimeOffset(2010, 6, 1, 10, 0, 0, TimeSpan.Zero);
        Tick At(long seq, double seconds, string symbol = "A") =>
            Samples.Tick(2, "holes", symbol, start.AddMicroseconds((long)Math.Round(seconds * 1e6))) with
            {
                Seq = seq,
            };
        await StoreAsync([
            At(1, 0),
            At(2, 1, "B"),
            At(3, 2),
            At(4, 2), // 4 equals 3 in all but its number
            At(7, 62.000001),
            At(8, 100, "B"), // 5 and 6 are missing; a pause of 60.000001 s
            At(9, 90),
            At(10, 80), // 10 goes back
            At(12, 150),
            At(13, 86_400 + 5),
            At(14, 86_400 + 6, "B"), // 11 is missing; the next day
        ]);

        var days = await GapsAsync(new TickRange([], start, start.AddDays(2), "holes"), TimeSpan.FromSeconds(60));

        Assert.Equal([new DateOnly(2010, 6, 1), new DateOnly(2010, 6, 2)], days.Select(static day => day.Day));
        Assert.Equal((9L, 2L, 3L), (days[0].Ticks, days[0].SequenceGaps, days[0].MissingTicks));
        Assert.Equal(
            [
                new TickSequenceGap(4, 7, start.AddSeconds(2), start.AddMicroseconds(62_000_001)),
                new TickSequenceGap(10, 12, start.AddSeconds(80), start.AddSeconds(150)),
            ],
            days[0].Sequence
        );
        var (a, b) = (days[0].Symbols[0], days[0].Symbols[1]);
        Assert.Equal(("A", 7L, 1L, 1L, 1L), (a.Symbol, a.Ticks, a.Duplicates, a.OutOfOrder, a.TimeGaps));
        Assert.Equal((start, start.AddSeconds(150)), (a.First, a.Last));
        Assert.Equal([new TickTimeGap(start.AddSeconds(2), start.AddMicroseconds(62_000_001))], a.LongestGaps);
        Assert.Equal(("B", 2L, 0L, 0L, 1L), (b.Symbol, b.Ticks, b.Duplicates, b.OutOfOrder, b.TimeGaps));
        Assert.Equal((2L, 0L, 0L), (days[1].Ticks, days[1].SequenceGaps, days[1].MissingTicks));

        // A pause must be longer than the threshold, not as long.
        var strict = await GapsAsync(new TickRange(["A"], start, start.AddDays(1), "holes"), TimeSpan.FromMicroseconds(60_000_001));
        Assert.Equal(
            ("A", 0L, 2L),
            (Assert.Single(Assert.Single(strict).Symbols).Symbol, strict[0].Symbols[0].TimeGaps, strict[0].SequenceGaps)
        );
    }

    [Fact]
    public async Task Numbers_of_live_ticks_are_times_and_have_no_holes()
    {
        var start = new DateTimeOffset(2009, 6, 1, 10, 0, 0, TimeSpan.Zero);
        await StoreAsync([Samples.Tick(10_000_000, at: start), Samples.Tick(20_000_000, at: start.AddSeconds(10))]);

        var days = await GapsAsync(new TickRange([], start, start.AddDays(1)), TimeSpan.FromSeconds(11));

        // What follows the last tick is missing too: the rest of its day is a pause, the next day a session without a tick.
        Assert.All(days, static day => Assert.Null(day.SequenceGaps));
        var midnight = new DateTimeOffset(2009, 6, 2, 0, 0, 0, TimeSpan.Zero);
        var (first, second) = (Assert.Single(days[0].Symbols), Assert.Single(days[1].Symbols));
        Assert.Equal([new TickTimeGap(start.AddSeconds(10), midnight)], first.LongestGaps);
        Assert.Equal((2L, 1L, 0), (first.Ticks, first.TimeGaps, first.MissingSessions.Count));
        Assert.Equal([new TickTimeGap(midnight, start.AddDays(1))], second.MissingSessions);
        Assert.Equal((0L, null, null, 0L), (second.Ticks, second.First, second.Last, second.TimeGaps));
    }

    [Fact]
    public async Task Nothing_is_missing_of_a_live_recording_before_it_happened()
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(400), TimeSpan.Zero);
        await StoreAsync([Samples.Tick(30_000_000, symbol: "SOON", at: start)]);

        var day = Assert.Single(await GapsAsync(new TickRange(["SOON"], start, start.AddDays(2)), TimeSpan.FromSeconds(1)));

        Assert.Equal((0L, 0), (Assert.Single(day.Symbols).TimeGaps, day.Symbols[0].MissingSessions.Count));
    }

    [Fact]
    public async Task A_pause_over_midnight_is_one_where_the_market_never_closes()
    {
        var midnight = new DateTimeOffset(2008, 6, 2, 0, 0, 0, TimeSpan.Zero);
        await StoreAsync([
            Samples.Tick(1, "midnight", at: midnight.AddSeconds(-40)),
            Samples.Tick(2, "midnight", at: midnight.AddSeconds(30)),
            Samples.Tick(3, "midnight", at: midnight.AddSeconds(60)),
        ]);

        var days = await GapsAsync(new TickRange([], midnight.AddDays(-1), midnight.AddDays(1), "midnight"), TimeSpan.FromSeconds(60));

        Assert.Equal([0L, 1L], days.Select(static day => day.Symbols[0].TimeGaps));
        Assert.Equal([new TickTimeGap(midnight.AddSeconds(-40), midnight.AddSeconds(30))], days[1].Symbols[0].LongestGaps);
    }

    [Fact]
    public async Task Pauses_count_within_sessions_and_a_session_without_a_tick_is_missing()
    {
        var monday = new DateTimeOffset(2007, 6, 4, 0, 0, 0, TimeSpan.Zero);
        Tick At(long seq, int day, double hour, string symbol = "A") =>
            Samples.Tick(seq, "sessions", symbol, monday.AddDays(day).AddHours(hour));
        await StoreAsync([
            At(1, 0, 9),
            At(2, 0, 10.5),
            At(3, 0, 11),
            At(4, 0, 11.75), // before the open; then half an hour late, and a pause of 45 minutes up to the break
            At(5, 0, 13),
            At(6, 0, 13.9, "B"),
            At(7, 0, 14),
            At(8, 0, 18), // the break is no pause; the close comes an hour after the last tick of the session
            At(9, 3, 10),
            At(10, 3, 10.1, "B"), // Tuesday has no session, Wednesday no tick
        ]);

        var days = await GapsAsync(
            new TickRange(["A", "B"], monday, monday.AddDays(7), "sessions"),
            TimeSpan.FromMinutes(20),
            new TwoSessions()
        );

        Assert.Equal([0, 2, 3], days.Select(day => day.Day.DayNumber - DateOnly.FromDateTime(monday.UtcDateTime).DayNumber));
        var (a, b) = (days[0].Symbols[0], days[0].Symbols[1]);
        TickTimeGap Gap(int day, double from, double to) => new(monday.AddDays(day).AddHours(from), monday.AddDays(day).AddHours(to));
        Assert.Equal([Gap(0, 10, 10.5), Gap(0, 10.5, 11), Gap(0, 11, 11.75), Gap(0, 13, 14), Gap(0, 14, 15)], a.LongestGaps);
        Assert.Equal((7L, 5L, 2L, 0), (a.Ticks, a.TimeGaps, a.OutOfSession, a.MissingSessions.Count));
        Assert.Equal([Gap(0, 10, 12)], b.MissingSessions);
        Assert.Equal([Gap(0, 13, 13.9), Gap(0, 13.9, 15)], b.LongestGaps);
        Assert.All(days[1].Symbols, symbol => Assert.Equal([Gap(2, 10, 12), Gap(2, 13, 15)], symbol.MissingSessions));
        Assert.Equal((0L, 0L, 0L), (days[1].Ticks, days[1].SequenceGaps, days[1].Symbols[0].TimeGaps));

        // The run ends while the session goes on: nothing after its last tick is missing.
        Assert.Equal((0L, 0L), (days[2].Symbols[0].TimeGaps, days[2].Symbols[1].TimeGaps));
    }

    /// <summary>10 to 12 and 13 to 15 h UTC, not on Tuesdays.</summary>
    private sealed class TwoSessions : ITickSessions
    {
        public IEnumerable<TickSpan> Within(string symbol, string source, TickSpan span)
        {
            for (var day = new DateTimeOffset(span.From.UtcDateTime.Date, TimeSpan.Zero); day < span.Until; day = day.AddDays(1))
            {
                foreach (var hour in day.DayOfWeek == DayOfWeek.Tuesday ? [] : (int[])[10, 13])
                {
                    var (from, until) = (day.AddHours(hour), day.AddHours(hour + 2));
                    if (until > span.From && from < span.Until)
                    {
                        yield return new TickSpan(from > span.From ? from : span.From, until < span.Until ? until : span.Until);
                    }
                }
            }
        }
    }

    private Task<int> StoreAsync(IReadOnlyList<Tick> ticks) => storage.Ticks.AppendAsync(ticks, StreamNames.RawTicks, "1-0", Ct);

    private async Task<List<Tick>> ListAsync(TickRange range)
    {
        var ticks = new List<Tick>();
        await foreach (var tick in History.ReadAsync(range, after: null, Ct))
        {
            ticks.Add(tick);
        }

        return ticks;
    }

    private Task<IReadOnlyList<TickDay>> GapsAsync(TickRange range, TimeSpan threshold, ITickSessions? sessions = null) =>
        History.GapsAsync(range, threshold, sessions ?? new DailySessions(), Ct);

    private static async Task<string> ExplainAsync(AITraderDbContext db, DbCommand command)
    {
        await db.Database.OpenConnectionAsync(Ct);
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"Heap Blocks: lossy=(\d+)")]
    private static partial Regex Blocks();
}
