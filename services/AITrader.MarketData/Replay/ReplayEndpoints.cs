using System.Text.Json;
using AITrader.Markets.Formats;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.MarketData.Replay;

/// <summary>Looks at the replay and starts one. For other services only.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        var replay = routes.MapGroup("/replay").RequireServiceToken();
        replay.MapGet("/", GetAsync).WithName("GetReplay");
        replay.MapPost("/", Start).WithName("StartReplay");
    }

    private static async Task<Ok<ReplayAnswer>> GetAsync(ReplayStatus status, IWatermarks watermarks, CancellationToken ct)
    {
        var view = status.View;
        var marks = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var stage in view.Run is null ? [] : ReplayAnswer.Stages)
        {
            marks[stage] = await watermarks.GetAsync(view.Run!, stage, ct);
        }

        return TypedResults.Ok(ReplayAnswer.From(view, marks));
    }

    private static Results<Accepted<ReplayAnswer>, ProblemHttpResult> Start(ReplayBody body, ReplayRequests requests, ReplayStatus status, DataSets sets)
    {
        if (string.IsNullOrWhiteSpace(body.Path))
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "path-missing", "path names the file or data set to replay.");
        }

        if (!ReplaySpeed.TryParse(TextOf(body.Speed), out var speed))
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-speed", "speed is max or a number above zero.");
        }

        try
        {
            TickFile.Open(sets.Resolve(body.Path)).Dispose();
        }
        catch (MarketDataException problem)
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-file", problem.Message);
        }

        return requests.TryAsk(new ReplayRequest(body.Path, speed))
            ? TypedResults.Accepted("/replay", ReplayAnswer.From(status.View, new Dictionary<string, long>()))
            : ServiceProblem.Of(StatusCodes.Status409Conflict, "replay-running", "A replay is under way; wait until it is finished.");
    }

    private static string? TextOf(JsonElement? speed) => speed switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "1",
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };
}
