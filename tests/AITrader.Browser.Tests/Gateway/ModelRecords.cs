using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AITrader.Browser.Tests.Gateway;

/// <summary>The gateway's models and jobs, under the test's control; the cards are those of the shipped models.</summary>
internal sealed class ModelRecords
{
    private const string Job = "01990b6e-0000-7000-8000-000000000001";

    /// <summary>Names of the models that are on record; their newest version is a candidate where they have two.</summary>
    public List<string> Models { get; } = [];

    /// <summary>Set: what a promotion is refused with, unless it says anyway.</summary>
    public string? Refusal { get; set; }

    /// <summary>Promotions that were asked for: key and body.</summary>
    public ConcurrentQueue<string> Promotions { get; } = new();

    /// <summary>Jobs, newest first.</summary>
    public List<JsonNode> Jobs { get; } = [];

    /// <summary>The version of every model that answers.</summary>
    public int Answering { get; private set; } = 1;

    public static JsonNode JobOf(string id, string status, object? result = null, string? error = null) =>
        JsonSerializer.SerializeToNode(
            new
            {
                Id = id,
                Type = "training",
                Status = status,
                Result = result,
                Error = error,
                Attempts = 1,
                CreatedAt = "2024-08-08T12:00:00Z",
                StartedAt = "2024-08-08T12:00:01Z",
                FinishedAt = status is "queued" or "running" ? null : "2024-08-08T12:01:00Z",
                CancelAskedAt = (string?)null,
            },
            Wire.Json
        )!;

    public void Map(WebApplication app)
    {
        app.MapGet("/api/v1/models", () => Results.Json(new { Items = Models.Select(ModelOf) }, Wire.Json));
        app.MapGet("/api/v1/models/{model}/versions/{version:int}", (string model) => Results.Text(CardOf(model), "application/json"));
        app.MapGet("/api/v1/models/{model}/serving", Serving);
        app.MapPost("/api/v1/models/{model}/promotions", Promote);
        app.MapGet("/api/v1/jobs", () => Results.Json(new { Items = Jobs, Next = (string?)null }, Wire.Json));
        app.MapGet("/api/v1/jobs/{id}", (string id) => Results.Json(JobOf(id, "completed"), Wire.Json));
        app.MapPost("/api/v1/jobs/{id}/cancel", Cancel);
    }

    private static string CardOf(string model) =>
        File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "models", model, "1", "card.json"));

    private object ModelOf(string name) =>
        new
        {
            Name = name,
            Task = "forecast",
            Summary = "As it was shipped.",
            Answering,
            Versions = new[] { VersionOf(1), VersionOf(2) },
        };

    private object VersionOf(int version) =>
        new
        {
            Version = version,
            State = version == Answering ? "active" : "candidate",
            Sha256 = new string('a', 64),
            DataVersion = new string('b', 64),
            Code = "0.1.0",
            Previous = version == 1 ? (int?)null : 1,
            CreatedAt = "2024-08-08T12:00:00Z",
            Metrics = new { },
        };

    private IResult Serving(string model) =>
        Results.Json(
            new
            {
                Runners = new[]
                {
                    new
                    {
                        Runner = "onnx-runner",
                        IsReachable = true,
                        Labels = new Dictionary<string, int> { ["stable"] = Answering },
                        Traffic = new Dictionary<string, double>(),
                        Versions = new[]
                        {
                            new
                            {
                                Version = Answering,
                                Inferences = 12_345,
                                Failures = 0,
                                MeanMilliseconds = 1.25,
                                Outcomes = new
                                {
                                    Count = model.Length,
                                    MeanAbsoluteError = 0.5,
                                    MeanAbsolutePercentageError = 0.0123,
                                    Moves = 4,
                                    DirectionHits = 0.75,
                                },
                            },
                        },
                    },
                },
            },
            Wire.Json
        );

    private IResult Promote(string model, JsonElement body, HttpRequest request)
    {
        Promotions.Enqueue($"{request.Headers["Idempotency-Key"]} {model} {body.GetRawText()}");
        if (Refusal is { } refusal && !body.GetProperty("anyway").GetBoolean())
        {
            return TypedResults.Problem(refusal, statusCode: 409, title: "Refused", type: "urn:aitrader:backend:not-good-enough");
        }

        Answering = body.GetProperty("version").GetInt32();
        return Results.Json(JobOf(Job, "queued"), Wire.Json, statusCode: StatusCodes.Status202Accepted);
    }

    private IResult Cancel(string id)
    {
        var at = Jobs.FindIndex(job => (string)job["id"]! == id);
        Jobs[at] = JobOf(id, "cancelled");
        return Results.Json(Jobs[at], Wire.Json, statusCode: StatusCodes.Status202Accepted);
    }
}
