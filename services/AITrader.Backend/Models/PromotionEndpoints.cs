using System.Security.Claims;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.Backend.Jobs;
using AITrader.Backend.Problems;
using AITrader.Domain.Ids;
using AITrader.Messaging;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Models;

/// <summary>Which version of a model answers: asked for here, done by the worker, which has the model repository.</summary>
internal static class PromotionEndpoints
{
    private const string KeyHeader = "Idempotency-Key";

    public static void MapPromotions(this IEndpointRouteBuilder models) =>
        models
            .MapPost("/{model}/promotions", PromoteAsync)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .Produces<JobResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("PromoteModel")
            .WithSummary("Has a version answer; one that is no better than its baseline only for an administrator who says anyway.");

    private static async Task<IResult> PromoteAsync(
        string model,
        PromotionBody body,
        [FromHeader(Name = KeyHeader)] string? key,
        [AsParameters] PromotionServices services,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        var id = services.Ids.NewId();
        if (!string.IsNullOrEmpty(key) && (!Guid.TryParse(key, out id) || id == Guid.Empty))
        {
            return BackendProblems.BadKey(KeyHeader);
        }

        if (await services.Registry.FindAsync(model, body.Version, ct) is not { } row)
        {
            return ModelProblems.UnknownModelVersion(model, body.Version);
        }

        if (Refusal(row, body, user) is { } refusal)
        {
            return refusal;
        }

        var request = new PromotionRequest(model, body.Version, body.Anyway);
        var job = await services.Registry.AskPromotionAsync(id, request, user.UserId, ct);
        if (job.Type != PromotionRequest.JobType || PromotionRequest.FromJson(job.Payload) != request)
        {
            return BackendProblems.KeyTaken(KeyHeader, id);
        }

        await JobWaking.WakeAsync(services.Bus, job, ct);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", JobResponse.Of(job));
    }

    private static ProblemHttpResult? Refusal(ModelVersionRow row, PromotionBody body, ClaimsPrincipal user)
    {
        if (row.State == ModelStates.Retired)
        {
            return ModelProblems.RetiredVersion(row.Model, row.Version);
        }

        if (body.Anyway)
        {
            return user.IsInRole(AuthHostExtensions.AdminRole) ? null : ModelProblems.AnywayForAdministrators();
        }

        var verdict = Verdict.Of(row.Card);
        return verdict is { GoesLive: true } ? null : ModelProblems.NotGoodEnough(row.Model, row.Version, verdict?.Reason);
    }

    private sealed record Verdict(bool GoesLive, string Reason)
    {
        private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

        // A version that no training of this system made has no card, and no verdict.
        public static Verdict? Of(string card) =>
            JsonSerializer.Deserialize<JsonElement>(card) is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("verdict", out var verdict)
                ? verdict.Deserialize<Verdict>(Json)
                : null;
    }
}

/// <summary>Which version is to answer.</summary>
/// <param name="Version">The version.</param>
/// <param name="Anyway">Even if its card does not say that it is better than its baseline; for administrators.</param>
internal sealed record PromotionBody(int Version, bool Anyway = false);

/// <summary>What a promotion is asked for with.</summary>
internal sealed record PromotionServices(ModelRegistry Registry, IStreamPublisher Bus, IIdSource Ids);
