using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.SentimentEngine.Tests;

/// <summary>Answers as finbert-server does: positive where a text rises, negative where it falls, and a refusal where it is told
/// to.</summary>
internal sealed class FinBertStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FinBertStandIn(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Numbers of texts of the calls so far.</summary>
    public List<int> Calls { get; } = [];

    /// <summary>Authorization of the last call.</summary>
    public string Authorization { get; private set; } = string.Empty;

    public static async Task<FinBertStandIn> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var server = new FinBertStandIn(app);
        app.MapGet("/ready", static () =>
            Results.Text("""{"checks":[{"name":"model","description":"fine","data":{"can_classify":true}}]}""")
        );
        app.MapPost("/predict", server.Predict);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Predict(HttpContext context, JsonElement question)
    {
        var texts = question.GetProperty("texts").EnumerateArray().Select(static text => text.GetString()!).ToList();
        Authorization = context.Request.Headers.Authorization.ToString();
        lock (Calls)
        {
            Calls.Add(texts.Count);
        }

        return texts.Exists(static text => text.Contains("unreadable", StringComparison.Ordinal))
            ? Results.Problem(statusCode: 400, detail: "A text is too long.")
            : Results.Json(
                new
                {
                    predictions = texts.ConvertAll(Prediction),
                    model = "finbert-tone",
                    version = 3,
                }
            );
    }

    private static object Prediction(string text)
    {
        var (positive, negative) =
            text.Contains("rises", StringComparison.Ordinal) ? (0.9, 0.02)
            : text.Contains("falls", StringComparison.Ordinal) ? (0.02, 0.9)
            : (0.1, 0.1);
        return new
        {
            label = positive > 0.5 ? "positive"
            : negative > 0.5 ? "negative"
            : "neutral",
            scores = new
            {
                positive,
                negative,
                neutral = 1 - positive - negative,
            },
        };
    }
}
