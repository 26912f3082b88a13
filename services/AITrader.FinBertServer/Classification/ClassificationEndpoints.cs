using AITrader.FinBertServer.Models;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.FinBertServer.Classification;

internal static class ClassificationEndpoints
{
    private const int MaxTexts = 64;

    public static void MapClassification(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/classify", Classify).WithName("Classify").RequireServiceToken();

    // Without a model there is no label, so the request is refused.
    private static ProblemHttpResult Classify(ClassifyRequest request, InstalledModel model)
    {
        if (request.Texts.Count is 0 or > MaxTexts)
        {
            return ServiceProblem.Of(
                StatusCodes.Status400BadRequest,
                "text-count",
                $"Between 1 and {MaxTexts} texts are classified at once."
            );
        }

        var status = model.Find();
        var reason = status is CompleteModel ? "no-classifier" : "no-model";
        return ServiceProblem.Of(StatusCodes.Status503ServiceUnavailable, reason, $"Nothing can be classified: {status.Reason}.");
    }
}
