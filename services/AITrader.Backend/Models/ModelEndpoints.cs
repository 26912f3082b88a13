using System.Security.Claims;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Jobs;
using AITrader.Backend.Problems;
using AITrader.Domain.Ids;
using AITrader.Messaging;
using AITrader.Registry.Shelves;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Models;

/// <summary>Models on record, and trainings, which the worker does.</summary>
internal static class ModelEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MostSymbols = 500;
    private const double LongestStep = 86_400;

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/models").WithTags("models");
        models.MapGet("/", ListAsync).WithName("ListModels").WithSummary("Models of the repository with their versions.");
        models
            .MapGet("/{model}/versions/{version:int}", CardAsync)
            .Produces<JsonElement>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("GetModelCard")
            .WithSummary("The card of a version: data, metrics, verdict.");
        models
            .MapGet("/{model}/serving", ServingAsync)
            .WithName("GetModelServing")
            .WithSummary("How the runners serve a model: versions, labels, traffic, times, and what came of its forecasts.");
        models.MapPromotions();
        models
            .MapPost("/{model}/versions", TrainAsync)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .Produces<JobResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("TrainModel")
            .WithSummary("Asks for a new version, trained on stored prices; it does not answer before it is promoted.");
    }

    private static async Task<ModelList> ListAsync(ModelRegistry registry, CancellationToken ct) =>
        new([
            .. (await registry.ListAsync(ct)).Select(static entry => new ModelResponse(
                entry.Model.Name,
                entry.Model.Task,
                entry.Model.Description,
                entry.Versions.FirstOrDefault(static version => version.State == ModelStates.Active)?.Version,
                [.. entry.Versions.Select(ModelVersionResponse.Of)]
            )),
        ]);

    private static async Task<IResult> CardAsync(string model, int version, ModelRegistry registry, CancellationToken ct) =>
        await registry.FindAsync(model, version, ct) is { } row
            ? TypedResults.Text(row.Card, "application/json")
            : ModelProblems.UnknownModelVersion(model, version);

    private static async Task<ServingResponse> ServingAsync(string model, RunnerClient runners, CancellationToken ct) =>
        new(await runners.ServingAsync(model, ct));

    private static async Task<IResult> TrainAsync(
        string model,
        TrainingBody body,
        [FromHeader(Name = KeyHeader)] string? key,
        [AsParameters] TrainingServices services,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        var id = services.Ids.NewId();
        if (!string.IsNullOrEmpty(key) && (!Guid.TryParse(key, out id) || id == Guid.Empty))
        {
            return BackendProblems.BadKey(KeyHeader);
        }

        if (ProblemOf(model, body) is { } problem)
        {
            return ModelProblems.BadTraining(problem);
        }

        foreach (var symbol in body.Symbols)
        {
            if (!await services.Symbols.IsKnownAsync(symbol, ct))
            {
                return BackendProblems.UnknownSymbol(symbol);
            }
        }

        var request = RequestOf(model, body);
        var job = await services.Registry.AskTrainingAsync(id, request, user.UserId, ct);
        if (job.Type != TrainingRequest.JobType || !IsSame(job, request))
        {
            return BackendProblems.KeyTaken(KeyHeader, id);
        }

        await JobWaking.WakeAsync(services.Bus, job, ct);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", JobResponse.Of(job));
    }

    private static TrainingRequest RequestOf(string model, TrainingBody body) =>
        new(
            model,
            body.Recipe,
            body.Symbols,
            body.From.ToUniversalTime(),
            body.To.ToUniversalTime(),
            body.EverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            body.Run,
            body.Task
        );

    // The database keeps the payload in a form of its own.
    private static bool IsSame(JobRow job, TrainingRequest request) =>
        JsonElement.DeepEquals(
            JsonSerializer.Deserialize<JsonElement>(job.Payload),
            JsonSerializer.Deserialize<JsonElement>(request.ToJson())
        );

    private static string? ProblemOf(string model, TrainingBody body) =>
        !ModelName.IsValid(model) ? $"'{model}' is no name of a model: {ModelName.Rule}."
        : body.Symbols is not { Count: > 0 and <= MostSymbols } ? $"symbols are 1 to {MostSymbols} instruments."
        : body.Symbols.Distinct(StringComparer.Ordinal).Count() < body.Symbols.Count ? "A symbol is there twice."
        : body.From >= body.To ? $"from {body.From:O} does not lie before to {body.To:O}."
        : body.EverySeconds is { } seconds && seconds is not (> 0 and <= LongestStep) ? "every_seconds is above 0, at most 86400."
        : body.Task is not (null or "forecast" or "patterns") ? $"task is forecast or patterns, not '{body.Task}'."
        : body.Task == "patterns" && body.EverySeconds is not null
            ? "every_seconds is for forecasts; lengths of bars are bar_seconds of the recipe."
        : body.Recipe is { ValueKind: not JsonValueKind.Object } ? "recipe is an object, such as {\"architecture\":\"transformer\"}."
        : null;
}

/// <summary>What a training is asked for with.</summary>
internal sealed record TrainingServices(ModelRegistry Registry, KnownSymbols Symbols, IStreamPublisher Bus, IIdSource Ids);
