using AITrader.MockLlm.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", List).WithName("ListModels");
        api.MapGet("/models/{id}", Get).WithName("GetModel");
    }

    private static Ok<ModelListResponse> List(IOptions<MockLlmOptions> options) =>
        TypedResults.Ok(new ModelListResponse("list", [.. options.Value.Models.Select(ModelResponse.Of)]));

    private static IResult Get(string id, IOptions<MockLlmOptions> options) =>
        options.Value.Models.Contains(id, StringComparer.Ordinal) ? TypedResults.Ok(ModelResponse.Of(id)) : OpenAiError.NoSuchModel(id);
}
