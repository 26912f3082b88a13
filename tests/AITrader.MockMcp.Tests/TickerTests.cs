using System.Net.WebSockets;
using System.Text;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Tests;

public sealed class TickerTests
{
    private const uint Infy = 408065;
    private const uint Nifty = 256265;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/ws")]
    public async Task Streams_what_is_subscribed_in_its_mode(string path)
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        await using var heard = Listen(mock.Ticker(_ => Task.FromResult(caller), path), (Infy, KiteMode.Full), (Nifty, KiteMode.Quote));
        await heard.UntilAsync(static record =>
            record.Packets.Count(static packet => packet.Token == Infy && packet.Mode == KiteMode.Full) >= 10
            && record.Packets.Any(static packet => packet.Token == Nifty)
        );
        // A subscription begins in mode quote, and its own mode is another message.
        var full = heard.Packets.Where(static packet => packet.Token == Infy).SkipWhile(static packet => packet.Mode == KiteMode.Quote);
        Assert.All(full, static packet => Assert.Equal(KiteMode.Full, packet.Mode));
        Assert.All(full, static packet => Assert.True(packet.Bid < packet.Offer));
        Assert.All(heard.Packets.Where(static packet => packet.Token == Nifty), static packet => Assert.Equal(KiteMode.Quote, packet.Mode));
        Assert.True(heard.Packets.Where(static packet => packet.Token == Infy).Select(static packet => packet.Last).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Subscribes_again_after_the_line_was_dropped()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        await using var heard = Listen(mock.Ticker(_ => Task.FromResult(caller)), (Infy, KiteMode.Ltp));
        for (var drop = 1; drop <= 3; drop++)
        {
            await heard.UntilAsync(record => record.Connects == drop && record.SinceConnect > 0);
            await mock.OrderAsync("ticker/drop", Ct);
        }

        await heard.UntilAsync(static record => record.Connects == 4 && record.SinceConnect > 3);
        Assert.Equal(3, heard.Reasons.Length);
    }

    [Fact]
    public async Task Notices_a_line_that_is_up_but_silent()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        await using var heard = Listen(mock.Ticker(_ => Task.FromResult(caller)), (Infy, KiteMode.Ltp));
        await heard.UntilAsync(static record => record.SinceConnect > 0);
        await mock.OrderAsync("ticker/silence?seconds=4", Ct);
        await heard.UntilAsync(static record => record.Reasons.Length > 0);
        Assert.Equal("nothing was heard for 3 s", heard.Reasons[0]);
        await heard.UntilAsync(static record => record.Connects >= 2 && record.SinceConnect > 0);
    }

    [Fact]
    public async Task Heartbeats_keep_a_line_without_a_market_alive()
    {
        await using var mock = await MockExchange.StartAsync(("Market:TicksPerSecond", "0"));
        var caller = await mock.SignInAsync(Ct);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(AddressFor(mock, caller), Ct);
        var buffer = new byte[100];
        for (var beat = 0; beat < 2; beat++)
        {
            var message = await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Timeout, Ct);
            Assert.Equal((1, WebSocketMessageType.Binary), (message.Count, message.MessageType));
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"a":"subscribe","v":"x"}"""), WebSocketMessageType.Text, true, Ct);
        ValueWebSocketReceiveResult answer;
        do
        {
            answer = await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Timeout, Ct);
        } while (answer.MessageType != WebSocketMessageType.Text);
        Assert.Equal("""{"type":"error","data":"Invalid request"}""", Encoding.UTF8.GetString(buffer, 0, answer.Count));
    }

    [Fact]
    public async Task Shows_the_present_price_at_once_after_a_subscription_and_defaults_to_quote()
    {
        await using var mock = await MockExchange.StartAsync(("Market:TicksPerSecond", "0"));
        var caller = await mock.SignInAsync(Ct);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(AddressFor(mock, caller), Ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"a":"subscribe","v":[408065]}"""), WebSocketMessageType.Text, true, Ct);
        var buffer = new byte[1000];
        ValueWebSocketReceiveResult message;
        do
        {
            message = await socket.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().WaitAsync(Timeout, Ct);
        } while (message.Count == 1);
        Assert.Equal(48, message.Count);
    }

    [Fact]
    public async Task A_damaged_frame_makes_a_new_line()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        await using var heard = Listen(mock.Ticker(_ => Task.FromResult(caller)), (Infy, KiteMode.Ltp));
        await heard.UntilAsync(static record => record.SinceConnect > 0);
        await mock.OrderAsync("ticker/garbage", Ct);
        await heard.UntilAsync(static record => record.Connects == 2 && record.SinceConnect > 0);
        Assert.Contains("damaged", heard.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_credentials_end_with_a_session_that_is_over()
    {
        await using var mock = await MockExchange.StartAsync();
        var ticker = mock.Ticker(_ => Task.FromResult(new KiteCredentials("test_api_key", "wrong")));
        var refusal = await Assert.ThrowsAsync<KiteException>(() => ticker.RunAsync(new Record(), Ct).WaitAsync(Timeout, Ct));
        Assert.True(refusal.IsSessionOver);
    }

    [Fact]
    public async Task Changes_of_subscriptions_reach_a_line_that_stands()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        var ticker = mock.Ticker(_ => Task.FromResult(caller));
        await using var heard = Listen(ticker, (Infy, KiteMode.Ltp));
        await heard.UntilAsync(static record => record.SinceConnect > 0);
        ticker.Subscribe([Nifty], KiteMode.Full);
        ticker.Unsubscribe([Infy]);
        await heard.UntilAsync(static record => record.Packets.Any(static packet => packet.Token == Nifty && packet.Mode == KiteMode.Full));
        await heard.UntilAsync(static record => record.Packets.TakeLast(5).All(static packet => packet.Token == Nifty));
    }

    [Fact]
    public async Task A_key_has_three_lines_at_most()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        var sockets = new List<ClientWebSocket>();
        for (var line = 0; line < 3; line++)
        {
            sockets.Add(new ClientWebSocket());
            await sockets[^1].ConnectAsync(AddressFor(mock, caller), Ct);
        }

        using var surplus = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => surplus.ConnectAsync(AddressFor(mock, caller), Ct));
        sockets.ForEach(static socket => socket.Dispose());
    }

    private static Uri AddressFor(MockExchange mock, KiteCredentials caller) =>
        new UriBuilder(mock.Address)
        {
            Scheme = "ws",
            Path = "/",
            Query = $"api_key={caller.ApiKey}&access_token={caller.AccessToken}",
        }.Uri;

    private static Record Listen(KiteTicker ticker, params (uint Token, KiteMode Mode)[] wanted)
    {
        foreach (var (token, mode) in wanted)
        {
            ticker.Subscribe([token], mode);
        }

        return new Record().Start(ticker);
    }

    private sealed class Record : IKiteTickerHandler, IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly List<(uint Token, KiteMode Mode, decimal Last, decimal Bid, decimal Offer)> _packets = [];
        private readonly List<string> _reasons = [];
        private Task _running = Task.CompletedTask;

        public int Connects { get; private set; }

        public int SinceConnect { get; private set; }

        public (uint Token, KiteMode Mode, decimal Last, decimal Bid, decimal Offer)[] Packets => Locked(_packets.ToArray);

        public string[] Reasons => Locked(_reasons.ToArray);

        public Record Start(KiteTicker ticker)
        {
            _running = Task.Run(() => ticker.RunAsync(this, _stop.Token));
            return this;
        }

        public async Task UntilAsync(Func<Record, bool> condition)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            limit.CancelAfter(Timeout);
            while (!condition(this))
            {
                Assert.False(_running.IsCompleted, "the ticker has ended");
                await Task.Delay(10, limit.Token);
            }
        }

        public void OnPacket(KitePacket packet, DateTimeOffset received)
        {
            lock (_gate)
            {
                SinceConnect++;
                _packets.Add((packet.Token, packet.Mode, packet.LastPrice, packet.Bid(0).Price, packet.Offer(0).Price));
            }
        }

        public ValueTask OnFrameAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public void OnText(string json) => Assert.Fail(json);

        public void OnConnected(KiteConnection line)
        {
            lock (_gate)
            {
                Connects++;
                SinceConnect = 0;
            }
        }

        public void OnDisconnected(KiteConnection line, string reason)
        {
            lock (_gate)
            {
                _reasons.Add(reason);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private T Locked<T>(Func<T> read)
        {
            lock (_gate)
            {
                return read();
            }
        }
    }
}
