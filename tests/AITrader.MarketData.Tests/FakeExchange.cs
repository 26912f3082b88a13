using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using AITrader.Venues.Kite.Ticker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.MarketData.Tests;

/// <summary>Just enough of Kite to sign in and to follow a ticker, with every way in which a line can go wrong.</summary>
internal sealed class FakeExchange : IAsyncDisposable
{
    public const uint Infy = 408065;
    public const uint Nifty = 256265;

    private const string Header =
        "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n";

    private static readonly DateTimeOffset Opening = new(2025, 1, 2, 3, 45, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<WebSocket> _lines = [];
    private readonly List<string> _heard = [];

    private FakeExchange(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public int Logins { get; private set; }

    public int Connections { get; private set; }

    /// <summary>Lines refused because the ticker was down.</summary>
    public int Refusals { get; private set; }

    /// <summary>Whether the ticker refuses every line with a 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Rows of the instruments list.</summary>
    public string Instruments { get; set; } =
        "408065,1594,INFY,INFOSYS,1500,,0,0.05,1,EQ,NSE,NSE\n256265,1001,NIFTY 50,NIFTY 50,24000,,0,0,0,EQ,INDICES,NSE\n";

    /// <summary>Messages of the clients, over all lines.</summary>
    public List<string> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Whether the ticker refuses the credentials.</summary>
    public bool RefusesSessions { get; set; }

    public bool IsFollowed => OpenLines > 0;

    /// <summary>Lines that stand.</summary>
    public int OpenLines => Lines().Count;

    public static async Task<FakeExchange> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var exchange = new FakeExchange(app);
        app.UseWebSockets();
        app.MapGet("/connect/login", static () => Results.Redirect("http://nowhere.invalid/?action=login&status=success&request_token=T1"));
        app.MapPost("/session/token", exchange.Login);
        app.MapGet("/instruments/NSE", () => Results.Text(Header + exchange.Instruments, "text/csv"));
        app.MapGet("/quote", static () =>
            Results.Text(
                """{"status":"success","data":{"NSE:INFY":{"instrument_token":408065,"last_price":1500,"lower_circuit_limit":1350,"upper_circuit_limit":1650,"ohlc":{"open":1,"high":1,"low":1,"close":1}}}}""",
                "application/json"
            )
        );
        app.MapGet("/", exchange.FollowAsync);
        await app.StartAsync();
        return exchange;
    }

    /// <summary>Sends a full packet to whoever follows.</summary>
    public Task SendAsync(decimal price, uint volume, decimal bid = 0, decimal ask = 0, uint token = Infy, int second = 0)
    {
        var writer = new KiteFrameWriter();
        writer.Add(
            new KiteSnapshot
            {
                Token = token,
                LastPrice = price,
                Volume = volume,
                ExchangeTime = Opening.AddSeconds(second),
                Bids = bid > 0 ? [new KiteLevel(10, bid, 1)] : [],
                Offers = ask > 0 ? [new KiteLevel(20, ask, 1)] : [],
            },
            KiteMode.Full
        );
        return SendAsync(writer.Frame.ToArray());
    }

    public async Task SendAsync(byte[] frame)
    {
        foreach (var line in Lines())
        {
            await line.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
    }

    /// <summary>Says something in words to whoever follows.</summary>
    public async Task SayAsync(string json)
    {
        foreach (var line in Lines())
        {
            await line.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }

    /// <summary>Cuts one line without a word.</summary>
    public void Cut(int line) => Lines()[line].Abort();

    /// <summary>Cuts every line without a word.</summary>
    public void Cut() => Lines().ForEach(static line => line.Abort());

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
    }

    private List<WebSocket> Lines()
    {
        lock (_gate)
        {
            return [.. _lines.Where(static line => line.State == WebSocketState.Open)];
        }
    }

    private IResult Login()
    {
        Logins++;
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"status":"success","data":{"user_id":"AB1234","api_key":"test_api_key","access_token":"A{{{Logins}}}"}}"""
        );
        return Results.Text(body, "application/json");
    }

    private async Task FollowAsync(HttpContext context)
    {
        if (IsDown)
        {
            Refusals++;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (RefusesSessions || context.Request.Query["access_token"] != string.Create(CultureInfo.InvariantCulture, $"A{Logins}"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var line = await context.WebSockets.AcceptWebSocketAsync();
        Connections++;
        var buffer = new byte[4096];
        try
        {
            // The first message is the subscription: only then is anybody listening.
            await HearAsync(line, buffer, context.RequestAborted);
            lock (_gate)
            {
                _lines.Add(line);
            }

            while (line.State == WebSocketState.Open)
            {
                await HearAsync(line, buffer, context.RequestAborted);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // The line was cut, which is what this exchange is for.
        }
    }

    private async Task HearAsync(WebSocket line, byte[] buffer, CancellationToken ct)
    {
        var message = await line.ReceiveAsync(buffer, ct);
        lock (_gate)
        {
            _heard.Add(Encoding.UTF8.GetString(buffer, 0, message.Count));
        }
    }
}
