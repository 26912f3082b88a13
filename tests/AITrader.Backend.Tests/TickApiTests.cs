using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Reading;
using AITrader.Storage.Ticks;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Parquet;

namespace AITrader.Backend.Tests;

/// <summary>Stored ticks through the gateway. Every test has days of its own.</summary>
public sealed class TickApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/ticks?from=2024-08-08&to=2024-08-09", "bad-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-08", "bad-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-09&to=2024-08-08", "bad-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=yesterday&to=2024-08-08", "bad-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-08&to=2024-08-09&limit=0", "limit-out-of-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-08&to=2024-08-09&limit=5001", "limit-out-of-range")]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-08&to=2024-08-09&after=zzz", "malformed-cursor")]
    [InlineData("/api/v1/ticks/export?symbol=A&from=2024-08-08&to=2024-08-09&format=xml", "unknown-format")]
    [InlineData("/api/v1/ticks/export?from=2024-08-08&to=2024-08-09", "bad-range")]
    [InlineData("/api/v1/ticks/export?symbol=A&from=1990-08-08&to=1990-08-09", "no-ticks")]
    [InlineData("/api/v1/ticks/gaps?from=2024-01-01&to=2024-03-01", "bad-range")]
    [InlineData("/api/v1/ticks/gaps?from=2024-01-01&to=2024-01-02&threshold=0", "bad-range")]
    public async Task Bad_input_is_a_problem_that_says_what(string path, string reason)
    {
        using var answer = await fixture.Client.GetAsync(path, Ct);

        Assert.Equal(reason == "no-ticks" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("symbol=A&from=2024-08-08", "to is required: a time such as 2024-08-08T23:54:15Z.")]
    [InlineData("symbol=A&to=2024-08-08", "from is required: a time such as 2024-08-08T23:54:15Z.")]
    [InlineData("symbol=A", "from is required: a time such as 2024-08-08T23:54:15Z. to is required: a time such as 2024-08-08T23:54:15Z.")]
    [InlineData("symbol=A&from=yesterday&to=2024-08-08", "from is no time such as 2024-08-08T23:54:15Z.")]
    [InlineData("symbol=A&from=2024-08-09&to=2024-08-08", "from (2024-08-09) is not before to (2024-08-08).")]
    public async Task A_refused_range_says_which_end_is_wrong(string query, string detail)
    {
        foreach (var path in new[] { "/api/v1/ticks", "/api/v1/ticks/export", "/api/v1/ticks/gaps" })
        {
            using var answer = await fixture.Client.GetAsync($"{path}?{query}", Ct);
            Assert.Equal(detail, (await Gateway.JsonAsync(answer)).GetProperty("detail").GetString());
        }
    }

    [Theory]
    [InlineData("/api/v1/ticks?symbol=A&from=2024-08-08&to=2024-08-09")]
    [InlineData("/api/v1/ticks/export?symbol=A&from=2024-08-08&to=2024-08-09")]
    [InlineData("/api/v1/ticks/gaps?from=2024-08-08&to=2024-08-09")]
    public async Task Only_who_is_signed_in_reads_ticks(string path)
    {
        using var answer = await fixture.Gateway.Anonymous.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Pages_join_and_stay_with_their_recording()
    {
        var start = new DateTimeOffset(2016, 2, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync(Enumerable.Range(1, 25).Select(seq => Tick(seq, "first", start.AddSeconds(seq / 3))));
        var seqs = new List<long>();
        string? next = null;
        do
        {
            var page = await fixture.Client.GetFromJsonAsync<JsonElement>(
                $"/api/v1/ticks?symbol=BTCUSDT&from=2016-02-01T09:00:00Z&to=2016-02-02&limit=10{(next is null ? "" : $"&after={next}")}",
                Ct
            );
            seqs.AddRange(page.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("seq").GetInt64()));
            next = page.GetProperty("next").GetString();

            // Something newer, and something live, that pages begun before must not fall into.
            await StoreAsync([Tick(1_000 + seqs.Count, string.Empty, start.AddSeconds(1))]);
        } while (next is not null);

        Assert.Equal(Enumerable.Range(1, 25).Select(static seq => (long)seq), seqs);
    }

    [Fact]
    public async Task A_tick_has_these_fields_and_comes_as_csv_where_that_is_asked_for()
    {
        var start = new DateTimeOffset(2016, 3, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync([
            Tick(1, "fields", start),
            Tick(2, "fields", start.AddSeconds(1)) with
            {
                Kind = TickKind.Quote,
                Price = Price.Of(100.5m),
                Volume = Quantity.Of(0),
                Bid = Price.Of(100m),
                BidSize = Quantity.Of(2m),
                Ask = Price.Of(101m),
                AskSize = Quantity.Of(3m),
            },
        ]);
        const string path = "/api/v1/ticks?symbol=BTCUSDT&from=2016-03-01&to=2016-03-02&run=fields&limit=1";

        var tick = (await fixture.Client.GetFromJsonAsync<JsonElement>(path, Ct)).GetProperty("items")[0];
        Assert.Equal(
            [
                "symbol",
                "timestamp",
                "kind",
                "price",
                "volume",
                "bid",
                "bid_size",
                "ask",
                "ask_size",
                "source",
                "run",
                "seq",
                "flags",
                "received",
                "trade_id",
            ],
            tick.EnumerateObject().Select(static field => field.Name)
        );
        Assert.Equal((0, JsonValueKind.Null), (tick.GetProperty("flags").GetArrayLength(), tick.GetProperty("received").ValueKind));
        Assert.Equal(
            ("trade", "60001.25", "2016-03-01T09:00:00.000000Z"),
            (tick.GetProperty("kind").GetString(), tick.GetProperty("price").GetRawText(), tick.GetProperty("timestamp").GetString())
        );

        using var request = new HttpRequestMessage(HttpMethod.Get, path.Replace("limit=1", "limit=2"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var csv = await fixture.Client.SendAsync(request, Ct);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "symbol,time,price,size,bid,ask,bid_size,ask_size,flags,received\nBTCUSDT,2016-03-01T09:00:00.000000Z,60001.25,0.001,,,,,,\nBTCUSDT,2016-03-01T09:00:01.000000Z,,,100,101,2,3,,\n",
            await csv.Content.ReadAsStringAsync(Ct)
        );
        Assert.False(csv.Headers.Contains("X-Next-Cursor"));
    }

    [Fact]
    public async Task Flags_and_receive_times_are_given_in_every_form()
    {
        var start = new DateTimeOffset(2016, 6, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync([
            Tick(1, "odd", start) with
            {
                Flags = TickFlags.AfterGap | TickFlags.OffTick,
                ReceivedAt = start.AddMicroseconds(1_234_567),
                TradeId = 6_000_000_007,
            },
            Tick(2, "odd", start.AddSeconds(1)),
        ]);
        const string range = "symbol=BTCUSDT&from=2016-06-01&to=2016-06-02&run=odd";

        var page = (await fixture.Client.GetFromJsonAsync<JsonElement>($"/api/v1/ticks?{range}", Ct)).GetProperty("items");
        Assert.Equal(["after_gap", "off_tick"], page[0].GetProperty("flags").EnumerateArray().Select(static word => word.GetString()!));
        Assert.Equal("2016-06-01T09:00:01.234567Z", page[0].GetProperty("received").GetString());

        using var csv = await fixture.Client.GetAsync($"/api/v1/ticks/export?{range}&format=csv", Ct);
        using var reader = TickFile.Open(await csv.Content.ReadAsStreamAsync(Ct), "export");
        Assert.True(reader.TryRead(out var odd));
        Assert.Equal(
            ((byte)(TickFlags.AfterGap | TickFlags.OffTick), start.AddMicroseconds(1_234_567)),
            ((byte)odd.Flags, EventTime.FromMicros(reader.ReceivedMicros))
        );
        Assert.True(reader.TryRead(out var plain));
        Assert.Equal((0, 0L), ((byte)plain.Flags, reader.ReceivedMicros));
        Assert.Equal(("6000000007", "null"), (page[0].GetProperty("trade_id").GetRawText(), page[1].GetProperty("trade_id").GetRawText()));

        using var parquet = await fixture.Client.GetAsync($"/api/v1/ticks/export?{range}&format=parquet", Ct);
        var rows = await ReadParquetAsync(new MemoryStream(await parquet.Content.ReadAsByteArrayAsync(Ct)));
        Assert.Equal(
            [
                (TickFlags.AfterGap | TickFlags.OffTick, start.AddMicroseconds(1_234_567), 6_000_000_007),
                (TickFlags.None, (DateTimeOffset?)null, (long?)null),
            ],
            rows.Select(static tick => (tick.Flags, tick.ReceivedAt, tick.TradeId))
        );
    }

    [Fact]
    public async Task An_exported_capture_reads_back_as_the_same_ticks()
    {
        var capture = Read(TickFile.Open(SharedData.Require("binance-l2/cm_ethusd_perp_20240808.gz")));
        await StoreAsync(capture.Select(static (tick, n) => tick with { Run = "capture-1", Seq = n + 1 }));
        const string range = "symbol=ETHUSD_PERP&from=2024-08-08T23:00:00Z&to=2024-08-09T00:00:00Z";

        using var csv = await fixture.Client.GetAsync($"/api/v1/ticks/export?{range}&format=csv", Ct);
        Assert.True(csv.IsSuccessStatusCode, await csv.Content.ReadAsStringAsync(Ct));
        Assert.Equal("ETHUSD_PERP.csv.gz", csv.Content.Headers.ContentDisposition?.FileName);
        var again = Read(TickFile.Open(await csv.Content.ReadAsStreamAsync(Ct), "export"));
        Assert.Equal(capture.Count, again.Count);
        Assert.Equal(capture, again.Select(static tick => tick with { Source = "binance-capture" }));

        using var parquet = await fixture.Client.GetAsync($"/api/v1/ticks/export?{range}&format=parquet", Ct);
        Assert.True(parquet.IsSuccessStatusCode, await parquet.Content.ReadAsStringAsync(Ct));
        var bytes = new MemoryStream(await parquet.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(capture, (await ReadParquetAsync(bytes)).Select(static tick => tick with { Run = string.Empty, Seq = 0 }));
        again = Read(TickFile.Open(new MemoryStream(bytes.ToArray()), "export"));
        Assert.Equal(capture, again.Select(static tick => tick with { Source = "binance-capture" }));
    }

    [Fact]
    public async Task Parquet_comes_in_row_groups_and_keeps_the_numbers()
    {
        var start = new DateTimeOffset(2016, 4, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync(Enumerable.Range(1, 50_003).Select(seq => Tick(seq, "groups", start.AddMilliseconds(seq))));

        using var answer = await fixture.Client.GetAsync(
            "/api/v1/ticks/export?symbol=BTCUSDT&from=2016-04-01&to=2016-04-02&format=parquet",
            Ct
        );
        var bytes = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct));
        await using (var reader = await ParquetReader.CreateAsync(bytes, leaveStreamOpen: true, cancellationToken: Ct))
        {
            Assert.Equal(2, reader.RowGroupCount);
        }

        Assert.Equal(
            Enumerable.Range(1, 50_003).Select(static seq => (long)seq),
            (await ReadParquetAsync(bytes)).Select(static tick => tick.Seq)
        );
    }

    [Fact]
    public async Task Gaps_tell_what_is_missing()
    {
        var start = new DateTimeOffset(2016, 5, 1, 9, 0, 0, TimeSpan.Zero);
        await StoreAsync([Tick(1, "holey", start), Tick(2, "holey", start.AddSeconds(1)), Tick(5, "holey", start.AddSeconds(100))]);

        var told = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/ticks/gaps?from=2016-05-01&to=2016-05-03&threshold=30", Ct);

        Assert.Equal(("holey", 30), (told.GetProperty("run").GetString(), told.GetProperty("threshold_seconds").GetDouble()));
        var day = Assert.Single(told.GetProperty("days").EnumerateArray());
        Assert.Equal(
            ("2016-05-01", 3, 1, 2),
            (
                day.GetProperty("day").GetString(),
                day.GetProperty("ticks").GetInt32(),
                day.GetProperty("sequence_gaps").GetInt32(),
                day.GetProperty("missing_ticks").GetInt32()
            )
        );
        var symbol = Assert.Single(day.GetProperty("symbols").EnumerateArray());
        Assert.Equal(1, symbol.GetProperty("time_gaps").GetInt32());
        Assert.Equal("2016-05-01T09:01:40.000000Z", symbol.GetProperty("longest_gaps")[0].GetProperty("to").GetString());

        var none = await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/ticks/gaps?symbol=NOPE&from=1991-05-01&to=1991-05-03", Ct);
        Assert.Equal((JsonValueKind.Null, 0), (none.GetProperty("run").ValueKind, none.GetProperty("days").GetArrayLength()));
    }

    [Fact]
    public async Task Gaps_are_those_of_the_market_s_sessions()
    {
        // NSE: 03:45 to 10:00 UTC; the 15th is Independence Day, the 17th and 18th a weekend.
        var wednesday = new DateTimeOffset(2024, 8, 14, 0, 0, 0, TimeSpan.Zero);
        var open = wednesday.AddHours(3.75);
        var monday = Enumerable.Range(0, 3).Select(n => open.AddDays(5).AddMinutes(n * 5));
        var times = Enumerable
            .Range(0, 75)
            .Select(n => open.AddMinutes(n * 5))
            .Where(time => time < open.AddHours(1) || time >= open.AddHours(2))
            .Prepend(open.AddMinutes(-10))
            .Concat(monday);
        await StoreAsync(times.Select((time, n) => Tick(n + 1, "nse", time) with { Symbol = "NSE:INFY" }));

        var told = await fixture.Client.GetFromJsonAsync<JsonElement>(
            "/api/v1/ticks/gaps?symbol=NSE:INFY&run=nse&from=2024-08-13&to=2024-08-20&threshold=300",
            Ct
        );

        var days = told.GetProperty("days")
            .EnumerateArray()
            .ToDictionary(static day => day.GetProperty("day").GetString()!, static day => day.GetProperty("symbols")[0]);
        Assert.Equal(["2024-08-14", "2024-08-16", "2024-08-19"], days.Keys);
        var first = days["2024-08-14"];
        Assert.Equal(
            (1, 1, 0),
            (
                first.GetProperty("time_gaps").GetInt32(),
                first.GetProperty("out_of_session").GetInt32(),
                first.GetProperty("missing_sessions").GetArrayLength()
            )
        );
        Assert.Equal(("2024-08-14T04:40:00.000000Z", "2024-08-14T05:45:00.000000Z"), Ends(first.GetProperty("longest_gaps")[0]));
        Assert.Equal(
            ("2024-08-16T03:45:00.000000Z", "2024-08-16T10:00:00.000000Z"),
            Ends(Assert.Single(days["2024-08-16"].GetProperty("missing_sessions").EnumerateArray()))
        );
        Assert.Equal(0, days["2024-08-19"].GetProperty("time_gaps").GetInt32());

        static (string?, string?) Ends(JsonElement gap) => (gap.GetProperty("from").GetString(), gap.GetProperty("to").GetString());
    }

    [Theory]
    [InlineData("NSE:INFY", "kite", "2024-11-01T12:30:00Z/2024-11-01T13:30:00Z")]
    [InlineData("AAPL", "itch", "2024-11-01T13:30:00Z/2024-11-01T20:00:00Z")]
    [InlineData("SPY", "lean-usa", "2024-11-01T13:30:00Z/2024-11-01T20:00:00Z")]
    [InlineData("BTCUSDT", "binance", "2024-11-01T00:00:00Z/2024-11-02T00:00:00Z 2024-11-02T00:00:00Z/2024-11-03T00:00:00Z")]
    public void Sessions_are_those_of_the_instrument_s_market(string symbol, string source, string expected)
    {
        var friday = new DateTimeOffset(2024, 11, 1, 0, 0, 0, TimeSpan.Zero); // muhurat trading at NSE
        var spans = new Ticks.MarketSessions().Within(symbol, source, new TickSpan(friday, friday.AddDays(2)));

        Assert.Equal(
            expected,
            string.Join(' ', spans.Select(static span => $"{span.From:yyyy-MM-ddTHH:mm:ssZ}/{span.Until:yyyy-MM-ddTHH:mm:ssZ}"))
        );
    }

    [Fact]
    public async Task Only_a_few_exports_run_at_once()
    {
        var exports = new Data.FileExports();

        Assert.True(exports.TryBegin());
        Assert.True(exports.TryBegin());
        Assert.False(exports.TryBegin());
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(exports));
        Assert.True(exports.TryBegin());
        Assert.False(exports.TryBegin());

        // A failed export gives its place back too.
        static async Task RunAsync(Data.FileExports exports)
        {
            var stream = Ticks.TickEndpoints.FileOf(
                exports,
                new BrokenHistory(),
                new TickRange(["A"], default, DateTimeOffset.MaxValue),
                Data.FileExports.Csv,
                Ct
            );
            await stream.ExecuteAsync(
                new Microsoft.AspNetCore.Http.DefaultHttpContext
                {
                    RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
                }
            );
        }
    }

    private static Tick Tick(long seq, string run, DateTimeOffset at) =>
        new()
        {
            Symbol = "BTCUSDT",
            Price = Price.Of(60_000.25m + seq),
            Volume = Quantity.Of(0.001m * seq),
            Timestamp = at,
            Kind = TickKind.Trade,
            Source = "test",
            Seq = seq,
            Run = run,
        };

    private Task<int> StoreAsync(IEnumerable<Tick> ticks) => fixture.Ticks.AppendAsync([.. ticks], StreamNames.RawTicks, "1-0", Ct);

    private static List<Tick> Read(TickReader source)
    {
        using var reader = source;
        var ticks = new List<Tick>();
        while (reader.TryRead(out var tick))
        {
            ticks.Add(
                new Tick
                {
                    Symbol = reader.Symbols[tick.Symbol],
                    Price = tick.Price,
                    Volume = tick.Size,
                    Timestamp = EventTime.FromMicros(tick.TimeMicros),
                    Kind = tick.Kind == TickKind.Trade ? TickKind.Trade : TickKind.Quote,
                    Bid = tick.Bid.Nanos > 0 ? tick.Bid : null,
                    BidSize = tick.BidSize.Raw > 0 ? tick.BidSize : null,
                    Ask = tick.Ask.Nanos > 0 ? tick.Ask : null,
                    AskSize = tick.AskSize.Raw > 0 ? tick.AskSize : null,
                    Source = reader.Source,
                    Seq = 0,
                }
            );
        }

        return ticks;
    }

    private static async Task<List<Tick>> ReadParquetAsync(Stream file)
    {
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: Ct);
        var ticks = new List<Tick>();
        for (var n = 0; n < reader.RowGroupCount; n++)
        {
            using var group = reader.OpenRowGroupReader(n);
            var rows = (int)group.RowCount;
            var fields = reader.Schema.DataFields.ToDictionary(static field => field.Name);
            async Task<string[]> Texts(string name)
            {
                var values = new string?[rows];
                await group.ReadAsync(fields[name], values.AsMemory(), cancellationToken: Ct);
                return values!;
            }

            async Task<decimal?[]> Numbers(string name)
            {
                if (!fields[name].IsNullable)
                {
                    return Array.ConvertAll(await Values<decimal>(name), static value => (decimal?)value);
                }

                var values = new decimal?[rows];
                await group.ReadAsync<decimal>(fields[name], values.AsMemory(), cancellationToken: Ct);
                return values;
            }

            async Task<T[]> Values<T>(string name)
                where T : struct
            {
                var values = new T[rows];
                await group.ReadAsync<T>(fields[name], values.AsMemory(), cancellationToken: Ct);
                return values;
            }

            var (symbols, kinds, sources, runs) = (await Texts("symbol"), await Texts("kind"), await Texts("source"), await Texts("run"));
            var flags = await Texts("flags");
            var received = new DateTime?[rows];
            await group.ReadAsync<DateTime>(fields["received"], received.AsMemory(), cancellationToken: Ct);
            var trades = new long?[rows];
            await group.ReadAsync<long>(fields["trade_id"], trades.AsMemory(), cancellationToken: Ct);
            var (times, seqs) = (await Values<DateTime>("timestamp"), await Values<long>("seq"));
            var (prices, volumes) = (await Numbers("price"), await Numbers("volume"));
            var (bids, bidSizes, asks, askSizes) = (
                await Numbers("bid"),
                await Numbers("bid_size"),
                await Numbers("ask"),
                await Numbers("ask_size")
            );
            ticks.AddRange(
                Enumerable
                    .Range(0, rows)
                    .Select(row => new Tick
                    {
                        Symbol = symbols[row],
                        Price = Price.Of(prices[row]!.Value),
                        Volume = Quantity.Of(volumes[row]!.Value),
                        Timestamp = new DateTimeOffset(DateTime.SpecifyKind(times[row], DateTimeKind.Utc)),
                        Kind = kinds[row] == "trade" ? TickKind.Trade : TickKind.Quote,
                        Bid = Price.Of(bids[row]),
                        BidSize = Quantity.Of(bidSizes[row]),
                        Ask = Price.Of(asks[row]),
                        AskSize = Quantity.Of(askSizes[row]),
                        Source = sources[row],
                        Run = runs[row],
                        Seq = seqs[row],
                        TradeId = trades[row],
                        Flags = flags[row]
                            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                            .Aggregate(TickFlags.None, static (flags, word) =>
                                flags | Enum.Parse<TickFlags>(word.Replace("_", ""), ignoreCase: true)
                            ),
                        ReceivedAt = received[row] is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null,
                    })
            );
        }

        return ticks;
    }

    private sealed class BrokenHistory : ITickHistory
    {
        public Task<string?> FindRunAsync(TickRange range, CancellationToken ct) => throw new InvalidOperationException();

        public Task<IReadOnlyList<Tick>> PageAsync(TickRange range, TickPlace? after, int limit, CancellationToken ct) =>
            throw new InvalidOperationException();

        public IAsyncEnumerable<Tick> ReadAsync(TickRange range, TickPlace? after, CancellationToken ct) =>
            AsyncEnumerable.Range(0, 1).Select(static Tick (int _) => throw new InvalidOperationException("the database is gone"));

        public Task<IReadOnlyDictionary<string, TickNewest>> NewestAsync(
            string source,
            IReadOnlyCollection<string> symbols,
            bool needsTrade,
            DateTimeOffset since,
            CancellationToken ct
        ) => throw new InvalidOperationException();

        public Task<IReadOnlyList<TickDay>> GapsAsync(TickRange range, TimeSpan threshold, ITickSessions sessions, CancellationToken ct) =>
            throw new InvalidOperationException();
    }
}
