using AITrader.FinBertServer.Models;
using AITrader.Inference.Failures;
using AITrader.Inference.Protocol;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Prediction;

internal static class PredictEndpoints
{
    public static void MapPrediction(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/predict", PredictAsync).WithName("Predict").RequireServiceToken();

    private static async Task<Results<Ok<PredictResponse>, ProblemHttpResult>> PredictAsync(
        PredictRequest request,
        InstalledModels models,
        IOptions<FinBertOptions> options,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!TryRead(request, options.Value.MaxTexts, out var texts, out var refusal))
        {
            return refusal!;
        }

        if (models.Hold() is not { } model)
        {
            return ServiceProblem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "no-model",
                $"Nothing can be classified: {models.Serving.Problems}."
            );
        }

        try
        {
            return await AnswerAsync(model, texts, response, cancellationToken);
        }
        finally
        {
            model.Model.Release();
        }
    }

    private static async Task<Results<Ok<PredictResponse>, ProblemHttpResult>> AnswerAsync(
        TextModel model,
        IReadOnlyList<string> texts,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var done = await model.ClassifyAsync(texts, cancellationToken);
            ProvenanceHeaders.Add(response, model.Model.Name, model.Model.Version, model.Model.Provider, done.Queue, done.Compute);
            return TypedResults.Ok(new PredictResponse(done.Predictions, model.Model.Name, model.Model.Version));
        }
        catch (InferenceException failure)
        {
            return ServiceProblem.Of(failure.Status, failure.Reason, failure.Message);
        }
        catch (InvalidDataException failure)
        {
            return ServiceProblem.Of(StatusCodes.Status500InternalServerError, "model-failed", failure.Message);
        }
    }

    private static bool TryRead(PredictRequest request, int most, out IReadOnlyList<string> texts, out ProblemHttpResult? refusal)
    {
        texts = [];
        refusal = request switch
        {
            { Text: null, Texts: null } or { Text: not null, Texts: not null } => Refuse("text-or-texts", "Give either text or texts."),
            { Texts.Count: 0 } => Refuse("text-count", $"Between 1 and {most} texts are classified at once, not none."),
            { Texts: { } many } when many.Count > most => Refuse(
                "text-count",
                $"Between 1 and {most} texts are classified at once, not {many.Count}: send the rest with another request."
            ),
            { Texts: { } many } when many.Contains(null) => Refuse(
                "text-missing",
                $"The text at place {many.TakeWhile(static text => text is not null).Count()} of texts is null."
            ),
            _ => null,
        };
        if (refusal is null)
        {
            texts = request.Texts is null ? [request.Text!] : [.. request.Texts.Select(static text => text!)];
        }

        return refusal is null;
    }

    private static ProblemHttpResult Refuse(string reason, string detail) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, reason, detail);
}
