using System.Security.Cryptography;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Csv;
using AITrader.MarketData.Replay;
using AITrader.TestSupport;

namespace AITrader.MarketData.Tests;

/// <summary>What can be replayed, and in which order.</summary>
public sealed class ReplayContentTests
{
    private const string Header = "symbol,time,price,size,bid,ask\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_merged_by_time_ties_by_their_order_then_by_line()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var first = await WriteAsync(folder, "a.csv", "X,1767584700,1,1,,\nX,1767584702,2,1,,\nX,1767584702,3,1,,\n");
        var second = await WriteAsync(folder, "b.csv", "Y,1767584701,4,1,,\nY,1767584702,5,1,,\nX,1767584703,6,1,,\n");

        Assert.Equal([1m, 4m, 2m, 3m, 5m, 6m], (await ReadAsync([first, second])).Select(static tick => (decimal)tick.Price));
        Assert.Equal([1m, 4m, 5m, 2m, 3m, 6m], (await ReadAsync([second, first])).Select(static tick => (decimal)tick.Price));
    }

    [Fact]
    public async Task Two_captures_merge_into_all_their_ticks_in_order()
    {
        var paths = new[]
        {
            SharedData.Require("binance-l2/cm_ethusd_perp_20240808.gz"),
            SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz"),
        };

        var merged = await ReadAsync(paths);

        // A stable sort of one file after the other is what a merge must give.
        var expected = paths.SelectMany(Facts).OrderBy(static fact => fact.Time).ToList();
        Assert.Equal(expected.Count, merged.Count);
        Assert.Equal(
            expected,
            merged.Select(static tick => (EventTime.ToMicros(tick.Timestamp), tick.Symbol, (decimal)tick.Price, (decimal)tick.Volume))
        );
        Assert.Equal(Enumerable.Range(1, merged.Count).Select(static seq => (long)seq), merged.Select(static tick => tick.Seq));
    }

    [Fact]
    public async Task Readings_that_lie_beside_a_file_come_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var file = await WriteAsync(folder, "a.csv", "X,1767584700,1,1,,\n");
        Assert.Empty((await LoadAsync(file)).Moods);
        var beside = Path.Combine(folder, "a.sentiment.jsonl");
        const string Good =
            """{"symbol":"X","score":0.5,"confidence":0.6,"authenticity":0.7,"sources":"news:a","model":"m 1","window":"1.00:00:00","timestamp":"2026-01-05T03:40:00Z"}""";
        await File.WriteAllTextAsync(beside, Good + "\n\n", Ct);
        var reading = Assert.Single((await LoadAsync(file)).Moods);
        Assert.Equal(("X", 0.5, "m 1", TimeSpan.FromDays(1)), (reading.Symbol, reading.Score, reading.Model, reading.Window));

        foreach (var (bad, reason) in new[] { (Good.Replace("0.5", "1.5", StringComparison.Ordinal), "The score"), ("{", "reading") })
        {
            await File.WriteAllTextAsync(beside, $"{Good}\n{bad}\n", Ct);
            var problem = await Assert.ThrowsAsync<Formats.Reading.MarketDataException>(() => LoadAsync(file));
            Assert.Equal(2, problem.Line);
            Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_single_file_is_named_after_its_own_hash_and_several_after_all_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var a = await WriteAsync(folder, "a.csv", "X,1767584700,1,1,,\n");
        var b = await WriteAsync(folder, "b.csv", "Y,1767584701,4,1,,\n");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(a, Ct)));

        Assert.Equal($"a-{hash[..8]}-1", (await LoadAsync(a)).Recorded.RunName(1));
        var names = new[]
        {
            (await LoadAsync(a)).Recorded.RunName(1),
            (await LoadAsync(a, b)).Recorded.RunName(1),
            (await LoadAsync(b, a)).Recorded.RunName(1),
            (await LoadAsync(a, a)).Recorded.RunName(1),
        };
        Assert.Equal(4, names.Select(static name => name.Split('-')[^2]).Distinct().Count());
        Assert.Matches("^a-and-1-more-[0-9a-f]{8}-1$", names[1]);
    }

    [Fact]
    public async Task A_run_is_named_after_what_a_mapping_means_too()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var data = Path.Combine(folder, "foreign.csv");
        var names = new List<string>();
        foreach (
            var (time, columns) in ((string, string)[])
                [("s", "1,\"price\":2"), ("s", "1,  \"price\":2"), ("s", "1,\"price\":3"), ("ms", "1,\"price\":2")]
        )
        {
            // The time is one in the unit that the mapping names: another is refused.
            await File.WriteAllTextAsync(data, time == "s" ? "1767584700,1,2\n" : "1767584700000,1,2\n", Ct);
            await File.WriteAllTextAsync(
                data + CsvMapping.Suffix,
                $$$"""{"rows":"ticks","header":false,"symbol":"X","time":{"format":"{{{time}}}"},"columns":{"time":{{{columns}}}}}""",
                Ct
            );
            names.Add((await LoadAsync(data)).Recorded.RunName(1));
        }

        Assert.Equal(names[0], names[1]); // the same, written otherwise
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    public async Task Finds_the_first_tick_at_or_after_a_moment()
    {
        var path = await WriteAsync(
            Directory.CreateTempSubdirectory("aitrader-").FullName,
            "a.csv",
            "X,1767584700,1,1,,\nX,1767584702,2,1,,\nX,1767584702,3,1,,\nX,1767584705,3,1,,\n"
        );
        var content = await LoadAsync(path);

        Assert.Equal((4, 1767584700_000_000, 1767584705_000_000), (content.Ticks, content.FirstMicros, content.LastMicros));
        Assert.Equal(1, await content.FindAsync(1767584700_000_000, Ct));
        Assert.Equal(2, await content.FindAsync(1767584700_000_001, Ct));
        Assert.Equal(2, await content.FindAsync(1767584702_000_000, Ct));
        Assert.Equal(4, await content.FindAsync(1767584702_000_001, Ct));
        Assert.Equal(5, await content.FindAsync(1767584705_000_001, Ct));
    }

    [Theory]
    [InlineData("demo", 1, null)]
    [InlineData("a.csv.gz;b.csv", 2, null)]
    [InlineData("ticks:BTCUSDT,NSE:INFY@2024-08-08T23:54:15.25Z/2024-08-09T00:00:00Z", 0, null)]
    [InlineData("ticks:A B@2024-08-08T00:00:00Z/2024-08-09T00:00:00Z@demo-0123abcd-1", 0, "demo-0123abcd-1")]
    [InlineData("ticks:A@2024-08-08T00:00:00Z/2024-08-09T00:00:00Z@", 0, "")]
    [InlineData("ticks:nonsense", 1, null)]
    public void What_was_asked_for_survives_as_text(string text, int files, string? run)
    {
        var source = ReplaySource.Parse(text);

        Assert.Equal((files, run, text), (source.Files.Count, source.Stored?.Run, source.Text));
        Assert.Equal(text, source.Stored is { } range ? ReplaySource.Of(range).Text : ReplaySource.Of(source.Files).Text);
    }

    [Fact]
    public async Task Requests_may_name_data_sets_and_files_of_open_folders_only()
    {
        var root = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var (open, closed) = (Path.Combine(root, "open"), Path.Combine(root, "open-not"));
        Directory.CreateDirectory(Path.Combine(open, "deep"));
        Directory.CreateDirectory(closed);
        var inside = await WriteAsync(Path.Combine(open, "deep"), "in.csv", "X,1767584700,1,1,,\n");
        var outside = await WriteAsync(closed, "out.csv", "X,1767584700,1,1,,\n");
        File.CreateSymbolicLink(Path.Combine(open, "link.csv"), outside);
        File.CreateSymbolicLink(Path.Combine(open, "good.csv"), inside);
        Directory.CreateSymbolicLink(Path.Combine(open, "away"), closed);
        var sets = new DataSets(root, [open]);

        Assert.Equal(inside, sets.Permit(inside));
        Assert.Equal(inside, sets.Permit("deep/in.csv"));
        Assert.Equal(inside, sets.Permit("deep/../deep/./in.csv"));
        Assert.Equal(inside, sets.Permit("good.csv"));
        Assert.Equal("demo", sets.Permit("demo"));
        Assert.All(
            new[]
            {
                outside,
                "../open-not/out.csv",
                "link.csv",
                "away/out.csv",
                "/etc/passwd",
                "deep",
                "none.csv",
                string.Empty,
                ".",
                "in.csv\0",
                open,
                "deep/../../open-not/out.csv",
            },
            path => Assert.Null(sets.Permit(path))
        );
        Assert.Null(new DataSets(root).Permit(inside));
        Assert.Equal("binance-usdm-btcusdt", new DataSets(root).Permit("binance-usdm-btcusdt"));
    }

    [Fact]
    public async Task An_open_folder_may_itself_be_reached_by_a_link()
    {
        var root = Directory.CreateTempSubdirectory("aitrader-").FullName;
        var real = Directory.CreateDirectory(Path.Combine(root, "real")).FullName;
        var file = await WriteAsync(real, "in.csv", "X,1767584700,1,1,,\n");
        Directory.CreateSymbolicLink(Path.Combine(root, "door"), real);

        Assert.Equal(file, new DataSets(root, [Path.Combine(root, "door")]).Permit("in.csv"));
    }

    private static async Task<FileContent> LoadAsync(params string[] paths) =>
        await FileContent.LoadAsync(new DataSets(string.Empty), ReplaySource.Of(paths), 0, Ct);

    private static async Task<List<Tick>> ReadAsync(string[] paths)
    {
        await using var files = new MergedFiles(paths);
        var ticks = new List<Tick>();
        while (await files.ReadAsync(Ct))
        {
            ticks.Add(files.Message("run", files.Position));
        }

        return ticks;
    }

    private static IEnumerable<(long Time, string Symbol, decimal Price, decimal Volume)> Facts(string path)
    {
        using var reader = TickFile.Open(path);
        while (reader.TryRead(out var tick))
        {
            yield return (tick.TimeMicros, reader.Symbols[tick.Symbol], tick.Price.ToDecimal(), tick.Size.ToDecimal());
        }
    }

    private static async Task<string> WriteAsync(string folder, string name, string rows)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, Header + rows, Ct);
        return path;
    }
}
