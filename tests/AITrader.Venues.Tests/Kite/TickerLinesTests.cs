using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Ticker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Venues.Tests.Kite;

/// <summary>More tokens than a line takes, against a ticker that has Kite's limits.</summary>
public sealed class TickerLinesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nine_thousand_tokens_are_spread_over_three_lines_and_the_surplus_is_handed_back()
    {
        await using var exchange = await LimitedTicker.StartAsync(
            KiteTickerOptions.MaxTokensPerConnection,
            KiteTickerOptions.MaxConnections
        );
        var ticker = new KiteTicker(new KiteTickerOptions { Address = exchange.Address }, Signed, TimeProvider.System);
        var tokens = Tokens(9_002);
        Assert.Equal(tokens[9_000..], ticker.Subscribe(tokens, KiteMode.Full));
        Assert.Equal([], ticker.Subscribe(tokens[..10], KiteMode.Full)); // those have their place

        await using var heard = new Record(ticker);
        await Eventually.TrueAsync(() => exchange.Subscribed == 9_000, "all are subscribed");
        Assert.Equal([3_000, 3_000, 3_000], exchange.PerLine);
        Assert.Equal((3, 0), (exchange.Lines, exchange.Errors));
        await Eventually.TrueAsync(() => heard.Tokens.Count == 9_000, "each is heard of");
        Assert.Equal([(1, 3_000), (2, 3_000), (3, 3_000)], heard.Connected.Order());
        Assert.Equal(1, heard.MostAtOnce);
    }

    [Fact]
    public async Task A_line_is_dialled_when_it_is_needed_and_room_that_is_given_back_is_used_again()
    {
        await using var exchange = await LimitedTicker.StartAsync(2, 3);
        var ticker = new KiteTicker(
            new KiteTickerOptions
            {
                Address = exchange.Address,
                TokensPerConnection = 2,
                Connections = 2,
            },
            Signed,
            TimeProvider.System
        );
        var tokens = Tokens(5);
        ticker.Subscribe(tokens[..2], KiteMode.Full);
        await using var heard = new Record(ticker);
        await Eventually.TrueAsync(() => exchange.Subscribed == 2, "the first connection is enough");
        Assert.Equal(1, exchange.Lines);

        Assert.Equal(tokens[4..], ticker.Subscribe(tokens[2..], KiteMode.Full));
        await Eventually.TrueAsync(() => exchange.Subscribed == 4 && exchange.Lines == 2, "the second one takes the rest");
        ticker.Unsubscribe(tokens[..1]);
        Assert.Equal([], ticker.Subscribe(tokens[4..], KiteMode.Full));
        await Eventually.TrueAsync(() => heard.Tokens.Contains(tokens[4]), "the last one has the place of the first");
        Assert.Equal((2, 0), (exchange.Lines, exchange.Errors));
    }

    [Fact]
    public async Task Only_the_lines_of_silent_tokens_are_made_anew()
    {
        await using var exchange = await LimitedTicker.StartAsync(2, 3);
        var ticker = new KiteTicker(
            new KiteTickerOptions { Address = exchange.Address, TokensPerConnection = 2 },
            Signed,
            TimeProvider.System
        );
        var tokens = Tokens(4);
        ticker.Subscribe(tokens, KiteMode.Full);
        await using var heard = new Record(ticker);
        await Eventually.TrueAsync(() => heard.Connected.Count == 2 && exchange.Subscribed == 4, "both connections are open");

        ticker.Reconnect(tokens[2..3], "nothing is heard of it");
        await Eventually.TrueAsync(() => heard.Connected.Count == 3, "the second connection is open again");
        Assert.Equal([(2, "nothing is heard of it")], heard.Disconnected);
    }

    [Fact]
    public async Task What_kite_says_of_a_surplus_reaches_the_handler()
    {
        await using var exchange = await LimitedTicker.StartAsync(2, 1);
        var ticker = new KiteTicker(
            new KiteTickerOptions
            {
                Address = exchange.Address,
                TokensPerConnection = 3,
                Connections = 2,
            },
            Signed,
            TimeProvider.System
        );
        ticker.Subscribe(Tokens(3), KiteMode.Full);
        await using var heard = new Record(ticker);
        await Eventually.TrueAsync(
            () => heard.Texts.Contains("""{"type":"error","data":"Can't subscribe to more than 2 instruments."}"""),
            "the refusal is heard"
        );

        ticker.Subscribe(Tokens(4), KiteMode.Full);
        await Eventually.TrueAsync(
            () =>
                heard.Disconnected.Exists(static line =>
                    line is (2, var reason) && reason.Contains("no further connection (429)", StringComparison.Ordinal)
                ),
            "so is the refused connection"
        );
        Assert.DoesNotContain(heard.Disconnected, static line => line.Line == 1);
    }

    private static Task<KiteCredentials> Signed(CancellationToken ct) => Task.FromResult(new KiteCredentials("key", "access"));

    private static uint[] Tokens(int count) => [.. Enumerable.Range(1, count).Select(static number => KiteSegment.Token((uint)number, 1))];

    /// <summary>What the ticker told.</summary>
    private sealed class Record : IKiteTickerHandler, IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _running;
        private readonly Lock _gate = new();
        private readonly HashSet<uint> _tokens = [];
        private readonly List<(int, int)> _connected = [];
        private readonly List<(int, string)> _disconnected = [];
        private readonly List<string> _texts = [];
        private int _inside;

        public Record(KiteTicker ticker) => _running = ticker.RunAsync(this, _end.Token);

        public HashSet<uint> Tokens => Copy<HashSet<uint>>(() => [.. _tokens]);

        public List<(int Line, int Tokens)> Connected => Copy<List<(int, int)>>(() => [.. _connected]);

        public List<(int Line, string Reason)> Disconnected => Copy<List<(int, string)>>(() => [.. _disconnected]);

        public List<string> Texts => Copy<List<string>>(() => [.. _texts]);

        public int MostAtOnce { get; private set; }

        public void OnPacket(KitePacket packet, DateTimeOffset received)
        {
            var token = packet.Token;
            Note(() => _tokens.Add(token));
        }

        public async ValueTask OnFrameAsync(CancellationToken ct)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            await Task.Yield();
            Interlocked.Decrement(ref _inside);
        }

        public void OnText(string json) => Note(() => _texts.Add(json));

        public void OnConnected(KiteConnection line) => Note(() => _connected.Add((line.Number, line.Tokens.Count)));

        public void OnDisconnected(KiteConnection line, string reason) => Note(() => _disconnected.Add((line.Number, reason)));

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }

        private void Note(Action note)
        {
            lock (_gate)
            {
                note();
            }
        }

        private T Copy<T>(Func<T> copy)
        {
            lock (_gate)
            {
                return copy();
            }
        }
    }

    /// <summary>A ticker that takes so many tokens on a line and so many lines, says so of what is above, and shows each token once when it
    /// is subscribed.</summary>
    private sealed class LimitedTicker : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly int _tokens;
        private readonly int _lines;
        private readonly Lock _gate = new();
        private readonly List<HashSet<uint>> _open = [];

        private LimitedTicker(WebApplication app, int tokens, int lines) => (_app, _tokens, _lines) = (app, tokens, lines);

        public Uri Address => new UriBuilder(_app.Urls.First()) { Scheme = "ws" }.Uri;

        public int Lines => Count(open => open.Count);

        public int Subscribed => Count(static open => open.Sum(static line => line.Count));

        public int Errors { get; private set; }

        public List<int> PerLine
        {
            get
            {
                lock (_gate)
                {
                    return [.. _open.Select(static line => line.Count)];
                }
            }
        }

        public static async Task<LimitedTicker> StartAsync(int tokens, int lines)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var ticker = new LimitedTicker(app, tokens, lines);
            app.UseWebSockets();
            app.MapGet("/", ticker.ServeAsync);
            await app.StartAsync(Ct);
            return ticker;
        }

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private int Count(Func<List<HashSet<uint>>, int> count)
        {
            lock (_gate)
            {
                return count(_open);
            }
        }

        private async Task ServeAsync(HttpContext context)
        {
            var mine = new HashSet<uint>();
            lock (_gate)
            {
                if (_open.Count == _lines)
                {
                    context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                    return;
                }

                _open.Add(mine);
            }

            try
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await ServeAsync(socket, mine, context.RequestAborted);
            }
            catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
            {
                // The client has gone.
            }
            finally
            {
                lock (_gate)
                {
                    _open.Remove(mine);
                }
            }
        }

        private async Task ServeAsync(WebSocket socket, HashSet<uint> mine, CancellationToken ct)
        {
            var buffer = new byte[256 * 1024];
            while (socket.State == WebSocketState.Open)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                    length += part.Count;
                } while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Text && !Take(buffer.AsSpan(0, length), mine, out _))
                {
                    Errors++;
                    await socket.SendAsync(
                        Encoding.UTF8.GetBytes($$"""{"type":"error","data":"Can't subscribe to more than {{_tokens}} instruments."}"""),
                        WebSocketMessageType.Text,
                        true,
                        ct
                    );
                }
                else
                {
                    await socket.SendAsync(Show(mine), WebSocketMessageType.Binary, true, ct);
                }
            }
        }

        private bool Take(ReadOnlySpan<byte> message, HashSet<uint> mine, out int fresh)
        {
            var request = JsonDocument.Parse(message.ToArray()).RootElement;
            var action = request.GetProperty("a").GetString();
            fresh = 0;
            if (action == "mode")
            {
                return true;
            }

            var tokens = request.GetProperty("v").EnumerateArray().Select(static token => token.GetUInt32()).ToList();
            lock (_gate)
            {
                if (action == "unsubscribe")
                {
                    mine.ExceptWith(tokens);
                    return true;
                }

                fresh = tokens.Count(token => mine.Count < _tokens && mine.Add(token));
                return fresh == tokens.Count;
            }
        }

        private byte[] Show(HashSet<uint> mine)
        {
            var writer = new KiteFrameWriter();
            lock (_gate)
            {
                foreach (var token in mine)
                {
                    writer.Add(new KiteSnapshot { Token = token, LastPrice = 1m }, KiteMode.Ltp);
                }
            }

            return writer.Frame.ToArray();
        }
    }
}
