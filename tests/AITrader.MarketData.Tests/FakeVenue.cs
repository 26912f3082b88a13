using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.MarketData.Tests;

/// <summary>Just enough of Binance: one combined stream, whole books, old trades; with every way in which they can go wrong.</summary>
internal sealed class FakeVenue : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<WebSocket> _lines = [];
    private readonly List<string> _heard = [];
    private readonly List<string> _asked = [];
    private readonly SortedDictionary<long, string> _trades = [];

    private FakeVenue(WebApplication app) => _app = app;

    public Uri Rest => new(_app.Urls.First());

    public Uri Stream => new UriBuilder(Rest) { Scheme = "ws" }.Uri;

    /// <summary>Lines accepted so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Lines and requests refused so far.</summary>
    public int Refusals { get; private set; }

    /// <summary>Whether new lines are refused.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether requests are refused.</summary>
    public bool IsRestDown { get; set; }

    /// <summary>How requests are refused.</summary>
    public int RestStatus { get; set; } = StatusCodes.Status503ServiceUnavailable;

    /// <summary>What refusals say of how long nobody may ask.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>The whole book as JSON, when asked.</summary>
    public Func<string> Book { get; set; } = static () => """{"lastUpdateId":1,"bids":[],"asks":[]}""";

    public bool IsFollowed => Lines().Count > 0;

    /// <summary>Messages of the clients.</summary>
    public List<string> Heard => Locked(() => _heard.ToList());

    /// <summary>Paths of requests and lines.</summary>
    public List<string> Requests => Locked(() => _asked.ToList());

    public static async Task<FakeVenue> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var venue = new FakeVenue(app);

        // The venue pings, and gives up who does not answer.
        app.UseWebSockets(
            new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(200), KeepAliveTimeout = TimeSpan.FromSeconds(20) }
        );
        app.MapGet("/stream", venue.FollowAsync);
        app.MapGet("/{api}/{version}/depth", (HttpRequest request) => venue.Answer(request, () => venue.Book()));
        app.MapGet("/{api}/{version}/historicalTrades", (HttpRequest request, long fromId, int limit) =>
            venue.Answer(request, () => venue.Trades(fromId, limit))
        );
        app.MapGet("/{api}/{version}/trades", (HttpRequest request, int limit) => venue.Answer(request, () => venue.Newest(limit)));
        await app.StartAsync();
        return venue;
    }

    /// <summary>Price of the test's trade with this id: so a tick tells which trade it was.</summary>
    public static decimal PriceOf(long id) => 100m + (id / 100m);

    /// <summary>A trade happens; whether anybody hears of it is another matter.</summary>
    public string Trade(string symbol, long id, long? millis = null)
    {
        var time = millis ?? 1_700_000_000_000 + id;
        var price = PriceOf(id).ToString(CultureInfo.InvariantCulture);
        Remember(
            id,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":{{id}},"price":"{{price}}","qty":"0.5","quoteQty":"1","time":{{time}},"isBuyerMaker":true}"""
            )
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"x@trade","data":{"e":"trade","E":{{{time}}},"T":{{{time}}},"s":"{{{symbol}}}","t":{{{id}}},"p":"{{{price}}}","q":"0.5","X":"MARKET","m":false}}"""
        );
    }

    /// <summary>Makes a trade known to those who ask for old ones.</summary>
    public void Remember(long id, string json) => Locked(() => _trades[id] = json);

    /// <summary>Trades below this id are too old to be asked for.</summary>
    public void Forget(long below) =>
        Locked(() =>
        {
            foreach (var id in _trades.Keys.Where(id => id < below).ToList())
            {
                _trades.Remove(id);
            }

            return 0;
        });

    public async Task SendAsync(params string[] messages)
    {
        foreach (var line in Lines())
        {
            foreach (var message in messages)
            {
                await line.SendAsync(
                    Encoding.UTF8.GetBytes(message),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    CancellationToken.None
                );
            }
        }
    }

    /// <summary>Lines that stand.</summary>
    public int OpenLines => Lines().Count;

    /// <summary>Cuts one line without a word.</summary>
    public void Cut(int line) => Lines()[line].Abort();

    /// <summary>Cuts every line without a word.</summary>
    public void Cut() => Lines().ForEach(static line => line.Abort());

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
    }

    private List<WebSocket> Lines() => Locked(() => _lines.Where(static line => line.State == WebSocketState.Open).ToList());

    private string Trades(long from, int limit) =>
        Locked(() => $"[{string.Join(',', _trades.Where(trade => trade.Key >= from).Take(limit).Select(static trade => trade.Value))}]");

    private string Newest(int limit) => Locked(() => $"[{string.Join(',', _trades.TakeLast(limit).Select(static trade => trade.Value))}]");

    private IResult Answer(HttpRequest request, Func<string> answer)
    {
        Note(request);
        if (!IsRestDown)
        {
            return Results.Text(answer(), "application/json");
        }

        Refusals++;
        if (RetryAfter is { } seconds)
        {
            request.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Results.StatusCode(RestStatus);
    }

    private async Task FollowAsync(HttpContext context)
    {
        Note(context.Request);
        if (IsDown)
        {
            Refusals++;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var line = await context.WebSockets.AcceptWebSocketAsync();
        Locked(() =>
        {
            _lines.Add(line);
            return Connections++;
        });
        var buffer = new byte[4096];
        try
        {
            while (line.State == WebSocketState.Open)
            {
                var message = await line.ReceiveAsync(buffer, context.RequestAborted);
                Locked(() =>
                {
                    _heard.Add(Encoding.UTF8.GetString(buffer, 0, message.Count));
                    return 0;
                });
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // The line was cut, which is what this venue is for.
        }
    }

    private void Note(HttpRequest request) =>
        Locked(() =>
        {
            _asked.Add($"{request.Path}{request.QueryString}");
            return 0;
        });

    private T Locked<T>(Func<T> use)
    {
        lock (_gate)
        {
            return use();
        }
    }
}
