using System.Text;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AITrader.MarketData.Tests.BinanceFeedTests;

namespace AITrader.MarketData.Tests;

/// <summary>The Binance feed against lines that break as real ones do: in the middle of a frame, of a handshake, without a word. Each test
/// has a Redis and a database of its own.</summary>
public sealed class BinanceFaultTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Symbol = "AUSDT";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_killed_in_the_middle_of_a_frame_loses_no_trade()
    {
        await using var trades = await FakeVenue.StartAsync();
        await using var venue = new RawVenue(
            async (line, number) =>
            {
                await line.ShakeHandsAsync();
                if (number > 1)
                {
                    await line.SendAsync(RawVenue.Text(trades.Trade(Symbol, 3)));
                    await line.StandAsync();
                    return;
                }

                var lost = RawVenue.Text(trades.Trade(Symbol, 2));
                await line.SendAsync(RawVenue.Text(trades.Trade(Symbol, 1)), lost[..(lost.Length / 2)]);
                line.Reset();
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await StartAsync(bus, trades, venue);

        // The reset may overtake what was sent before it: then nothing is known before the third trade, and nothing is missing.
        var ticks = await UntilLastIsAsync(host, 3);
        Assert.Equal(ticks[0].TradeId == 1 ? [1L, 2L, 3L] : [3L], ticks.Select(static tick => tick.TradeId!.Value));
        Assert.All(ticks, static tick => Assert.True(tick.TradeId != 2 || tick.Flags == TickFlags.Filled));
        Assert.Equal(2, venue.Connections);
    }

    [Theory]
    [InlineData("never answers the handshake")]
    [InlineData("answers half of the handshake")]
    [InlineData("speaks something else")]
    [InlineData("shakes hands and says nothing")]
    [InlineData("begins a frame and says no more")]
    [InlineData("ends at once")]
    public async Task A_line_that_goes_nowhere_is_given_up_for_another(string fault)
    {
        await using var trades = await FakeVenue.StartAsync();
        await using var venue = new RawVenue(
            async (line, number) =>
            {
                if (number > 1)
                {
                    await line.ShakeHandsAsync();
                    await line.SendAsync(RawVenue.Text(trades.Trade(Symbol, 1)));
                    await line.StandAsync();
                    return;
                }

                var answer = await line.ReadRequestAsync();
                byte[][] sent = fault switch
                {
                    "answers half of the handshake" => [answer[..20]],
                    "speaks something else" => [Encoding.ASCII.GetBytes("220 mail.example.org ESMTP\r\n")],
                    "shakes hands and says nothing" => [answer],
                    "begins a frame and says no more" => [answer, RawVenue.Text(trades.Trade(Symbol, 1))[..30]],
                    _ => [],
                };
                await line.SendAsync(sent);
                if (fault != "ends at once")
                {
                    await line.StandAsync();
                }
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await StartAsync(
            bus,
            trades,
            venue,
            ("Feed:Binance:DialLimit", "00:00:00.500"),
            ("Feed:SilenceLimit", "00:00:01")
        );

        Assert.Equal(1, (await UntilLastIsAsync(host, 1))[0].TradeId);
        Assert.True(venue.Connections >= 2);
    }

    [Theory]
    [InlineData(1000, "bye")]
    [InlineData(1001, "going away")]
    [InlineData(1008, "Pong timeout")]
    [InlineData(1011, "internal error")]
    [InlineData(1013, "try again later")]
    public async Task A_venue_that_closes_the_line_is_quoted_and_dialled_again(int code, string reason)
    {
        var next = new TaskCompletionSource();
        await using var trades = await FakeVenue.StartAsync();
        await using var venue = new RawVenue(
            async (line, number) =>
            {
                if (number == 1)
                {
                    await line.ShakeHandsAsync();
                    await line.SendAsync(RawVenue.Close((ushort)code, reason));
                    await line.StandAsync();
                    return;
                }

                await next.Task;
                await line.ShakeHandsAsync();
                await line.SendAsync(RawVenue.Text(trades.Trade(Symbol, 1)));
                await line.StandAsync();
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await StartAsync(bus, trades, venue);

        await UntilAsync(async () =>
            (await host.FeedAsync()).GetProperty("reason").GetString() == $"the other side closed the connection ({code}: {reason})"
        );
        next.SetResult();
        await UntilLastIsAsync(host, 1);
    }

    [Theory]
    [InlineData("83 01 41")] // an opcode that is not known
    [InlineData("F1 00")] // bits of an extension that nobody asked for
    [InlineData("80 01 41")] // goes on with a message that never began
    [InlineData("81 01 FF")] // text that is none
    [InlineData("09 01 41")] // a ping in pieces
    [InlineData("82 7F 00 00 00 00 00 80 00 00")] // a message that would fill the memory
    public async Task Frames_that_no_server_may_send_cost_the_line_and_nothing_else(string frame)
    {
        await using var trades = await FakeVenue.StartAsync();
        await using var venue = new RawVenue(
            async (line, number) =>
            {
                await line.ShakeHandsAsync();
                await line.SendAsync(RawVenue.Text(trades.Trade(Symbol, number)));
                if (number == 1)
                {
                    await line.SendAsync(Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal)));
                    try
                    {
                        await line.SendAsync([.. Enumerable.Repeat(new byte[64 * 1024], frame.Length > 20 ? 128 : 0)]);
                    }
                    catch (IOException)
                    {
                        // It did not wait for all of it, which is right.
                    }
                }

                await line.StandAsync();
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await StartAsync(bus, trades, venue);

        Assert.Equal(Ids(1, 2), (await UntilLastIsAsync(host, 2)).Select(static tick => (decimal)tick.Price));
        Assert.Equal(2, venue.Connections);
    }

    [Fact]
    public async Task Messages_in_pieces_with_pings_between_them_are_whole_again_and_the_pings_are_answered()
    {
        var pong = new TaskCompletionSource<byte[]>();
        await using var trades = await FakeVenue.StartAsync();
        await using var venue = new RawVenue(
            async (line, _) =>
            {
                await line.ShakeHandsAsync();
                var trade = Encoding.UTF8.GetBytes(trades.Trade(Symbol, 1));
                byte[] bytes =
                [
                    .. RawVenue.Frame(1, trade.AsSpan(0, 10), isFinal: false),
                    .. RawVenue.Frame(9, "id-7"u8),
                    .. RawVenue.Frame(0, trade.AsSpan(10, 50), isFinal: false),
                    .. RawVenue.Frame(0, [], isFinal: false),
                    .. RawVenue.Frame(0, trade.AsSpan(60)),
                    .. RawVenue.Text(trades.Trade(Symbol, 2)),
                ];
                await line.SendAsync([.. bytes.Select(static letter => new[] { letter })]);
                var buffer = new byte[64];
                var read = await line.ReadAsync(buffer);
                pong.SetResult(buffer[..read]);
                await line.StandAsync();
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await StartAsync(bus, trades, venue);

        Assert.Equal(Ids(1, 2), (await UntilLastIsAsync(host, 2)).Select(static tick => (decimal)tick.Price));
        var answer = await pong.Task.WaitAsync(Ct);
        Assert.Equal((0x8A, 0x84), (answer[0], answer[1]));
        Assert.Equal("id-7"u8, answer[6..10].Select((letter, n) => (byte)(letter ^ answer[2 + n])).ToArray());
        Assert.Equal(1, venue.Connections);
    }

    [Fact]
    public async Task A_bus_that_hangs_holds_the_feed_back_and_every_trade_arrives_once()
    {
        const int Trades = 3_000;
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [.. Settings(venue, Symbol), ("Feed:QueueCapacity", "50"), ("Feed:StaleAfter", "00:10:00")]
        );
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, Symbol, 1, 10);
        await TicksAsync(host, Symbol, 10);

        // It takes what is sent and answers nothing, so what was sent may have been stored or not.
        bus.Freeze();
        var sending = SendTradesAsync(venue, Symbol, 11, Trades);
        await UntilAsync(() => Reading(host).HeldBackSince is not null && Reading(host).BusAwaySince is not null);
        bus.Thaw();
        await sending;

        var ticks = await TicksAsync(host, Symbol, Trades);
        Assert.Equal(Ids(1, Trades), ticks.Select(static tick => (decimal)tick.Price));
        Assert.True((await host.FeedAsync()).GetProperty("held_back").GetInt64() > 0);
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed == "prices flow" || Reading(host) is { HeldBackSince: null, BusAwaySince: null }
        );
    }

    [Fact]
    public async Task A_database_that_is_away_delays_the_record_and_nothing_else()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            (await server.CreateServiceDatabaseAsync()).App,
            Settings(venue, Symbol)
        );
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, Symbol, 1, 50);
        await StoredAsync(host, 50);

        await server.KillAsync();
        await SendTradesAsync(venue, Symbol, 51, 500);
        Assert.Equal(Ids(1, 500), (await TicksAsync(host, Symbol, 500)).Select(static tick => (decimal)tick.Price));
        await server.StartAgainAsync();

        await StoredAsync(host, 500);
        await using var db = host.Database();
        Assert.Equal(
            Enumerable.Range(1, 500).Select(static id => (long?)id),
            await db.Ticks.OrderBy(static row => row.TradeId).Select(static row => row.TradeId).ToListAsync(Ct)
        );
    }

    private static Live.FeedReading Reading(MarketDataHost host) => host.Services.GetRequiredService<Live.FeedState>().Reading;

    private static Task StoredAsync(MarketDataHost host, int count) =>
        UntilAsync(async () =>
        {
            try
            {
                await using var db = host.Database();
                return await db.Ticks.CountAsync(Ct) >= count;
            }
            catch (Exception away) when (away is System.Data.Common.DbException or InvalidOperationException)
            {
                return false;
            }
        });

    private static async Task<List<Tick>> UntilLastIsAsync(MarketDataHost host, long trade)
    {
        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = await host.StreamAsync()).Count > 0 && ticks[^1].TradeId == trade);
        return ticks;
    }

    private async Task<MarketDataHost> StartAsync(RedisServer bus, FakeVenue trades, RawVenue venue, params (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [.. Merge(Settings(trades, Symbol), [("Feed:Binance:Stream", venue.Address.ToString()), .. settings])]
        );
}
