using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.Cli.Tests.Data;

/// <summary>The part of Kite's API that a download asks: login, session, instruments, candles.</summary>
internal sealed class KiteServer : IAsyncDisposable
{
    private const string Instruments =
        "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n"
        + "408065,1594,INFY,INFOSYS,0,,0,0.05,1,EQ,NSE,NSE\n";

    private readonly WebApplication _app;

    private KiteServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Whether the login page signs in by itself, as the mock exchange's does; Kite's own shows a form.</summary>
    public bool SignsInByItself { get; set; } = true;

    /// <summary>Answers of the historical API, one a request: the status and the body.</summary>
    public ConcurrentQueue<(int Status, string Body)> Answers { get; } = [];

    /// <summary>Requests for candles, in their order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<KiteServer> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new KiteServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync(ct);
        return server;
    }

    public static string Candles(params string[] rows) => $$$"""{"status":"success","data":{"candles":[{{{string.Join(',', rows)}}}]}}""";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/connect/login" when SignsInByItself:
                context.Response.Redirect("/back?status=success&request_token=once");
                break;
            case "/session/token":
                await context.Response.WriteAsync("""{"status":"success","data":{"user_id":"A","api_key":"k","access_token":"t"}}""");
                break;
            case "/instruments/NSE":
                await context.Response.WriteAsync(Instruments);
                break;
            case { } path when path.StartsWith("/instruments/historical/", StringComparison.Ordinal):
                await HistoryAsync(context);
                break;
        }
    }

    private async Task HistoryAsync(HttpContext context)
    {
        Asked.Enqueue($"{context.Request.Path}?{Uri.UnescapeDataString(context.Request.QueryString.Value!.TrimStart('?'))}");
        var (status, body) = Answers.TryDequeue(out var next) ? next : (StatusCodes.Status200OK, Candles());
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
