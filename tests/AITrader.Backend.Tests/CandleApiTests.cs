using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Signals.Bars;
using AITrader.TestSupport;

namespace AITrader.Backend.Tests;

/// <summary>Candles through the gateway.</summary>
public sealed class CandleApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Run = "candles-of-a-capture-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interval=1m", "bad-range")]
    [InlineData("symbol=&interval=1m", "bad-range")]
    [InlineData("symbol=A", "unknown-interval")]
    [InlineData("symbol=A&interval=7m", "unknown-interval")]
    [InlineData("symbol=A&interval=1M", "unknown-interval")]
    [InlineData("symbol=A&interval=1m&kind=book", "unknown-kind")]
    [InlineData("symbol=A&interval=1m&limit=0", "limit-out-of-range")]
    [InlineData("symbol=A&interval=1m&limit=5001", "limit-out-of-range")]
    [InlineData("symbol=A&interval=1m&from=2024-08-09&to=2024-08-08", "bad-range")]
    [InlineData("symbol=A&interval=1m&from=noon", "bad-range")]
    public async Task Bad_input_is_a_problem_that_says_what(string query, string reason)
    {
        using var answer = await fixture.Client.GetAsync($"/api/v1/candles?{query}", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Only_who_is_signed_in_reads_candles()
    {
        using var answer = await fixture.Gateway.Anonymous.GetAsync("/api/v1/candles?symbol=A&interval=1m", Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Candles_of_a_capture_are_the_bars_of_the_engines_own_builder()
    {
        var capture = Read(SharedData.Require("binance-l2/cm_ethusd_perp_20240808.gz"));
        await fixture.Ticks.AppendAsync(capture.ConvertAll(static tick => tick.Stored), StreamNames.RawTicks, "1-0", Ct);
        foreach (var (name, length) in new[] { ("1s", 1), ("5s", 5), ("1m", 60), ("5m", 300), ("15m", 900), ("1h", 3600), ("1d", 86_400) })
        {
            var answer = await fixture.Client.GetFromJsonAsync<JsonElement>(
                $"/api/v1/candles?symbol=ETHUSD_PERP&interval={name}&limit=5000&run={Run}",
                Ct
            );

            Assert.Equal(
                BarsOf(capture, TimeSpan.FromSeconds(length)),
                answer.GetProperty("items").EnumerateArray().Select(static item => item.GetRawText())
            );
            Assert.Equal(
                (name, "trade", Run, capture.FindLast(static tick => tick.Stored.Kind == TickKind.Trade).Stored.Seq, JsonValueKind.Null),
                (
                    answer.GetProperty("interval").GetString(),
                    answer.GetProperty("kind").GetString(),
                    answer.GetProperty("run").GetString(),
                    answer.GetProperty("last_seq").GetInt64(),
                    answer.GetProperty("previous").ValueKind
                )
            );
        }
    }

    /// <summary>Bars of the pattern engine's builder as the gateway writes candles.</summary>
    private static List<string> BarsOf(List<(PackedTick Tick, Tick Stored)> ticks, TimeSpan length)
    {
        var builder = new TimeBarBuilder(BarKind.Trade, length);
        var bars = new List<Bar>();
        foreach (var (tick, _) in ticks)
        {
            if (builder.Update(tick, out var closed))
            {
                bars.Add(closed);
            }
        }

        Assert.True(builder.Flush(out var last));
        bars.Add(last);
        return bars.ConvertAll(bar =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"time":"{{EventTime.FromMicros(bar.StartMicros).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}","open":{{Plain(bar.Trade.Open)}},"high":{{Plain(bar.Trade.High)}},"low":{{Plain(bar.Trade.Low)}},"close":{{Plain(bar.Trade.Close)}},"volume":{{bar.Volume.ToDecimal():0.#########}},"turnover":{{Turnover(ticks, bar):0.#########}},"ticks":{{bar.Ticks}}}"""
            )
        );
    }

    private static decimal Turnover(List<(PackedTick Tick, Tick Stored)> ticks, Bar bar) =>
        ticks
            .Where(tick =>
                tick.Stored.Kind == TickKind.Trade && tick.Tick.TimeMicros >= bar.StartMicros && tick.Tick.TimeMicros < bar.EndMicros
            )
            .Sum(static tick => tick.Stored.Price * tick.Stored.Volume);

    private static string Plain(Price price) => price.ToDecimal().ToString("0.#########", CultureInfo.InvariantCulture);

    private static List<(PackedTick Tick, Tick Stored)> Read(string file)
    {
        using var reader = TickFile.Open(file);
        var ticks = new List<(PackedTick, Tick)>();
        while (reader.TryRead(out var tick))
        {
            ticks.Add(
                (
                    tick,
                    new Tick
                    {
                        Symbol = reader.Symbols[tick.Symbol],
                        Price = tick.Price,
                        Volume = tick.Size,
                        Timestamp = EventTime.FromMicros(tick.TimeMicros),
                        Kind = tick.Kind == TickKind.Trade ? TickKind.Trade : TickKind.Quote,
                        Source = reader.Source,
                        Run = Run,
                        Seq = ticks.Count + 1,
                    }
                )
            );
        }

        return ticks;
    }
}
