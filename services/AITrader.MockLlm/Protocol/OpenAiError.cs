using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.MockLlm.Protocol;

/// <summary>An error in the format that clients of the OpenAI protocol parse, in place of ProblemDetails.</summary>
internal static class OpenAiError
{
    // Unlike in the other JSON of this system, null members are part of the format.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static JsonHttpResult<object> BadRequest(string message, string? param) =>
        Of(StatusCodes.Status400BadRequest, "invalid_request_error", message, param, code: null);

    public static JsonHttpResult<object> NoSuchModel(string model) =>
        Of(StatusCodes.Status404NotFound, "invalid_request_error", $"The model '{model}' does not exist.", "model", "model_not_found");

    public static JsonHttpResult<object> Of(int status, string type, string message, string? param, string? code) =>
        TypedResults.Json<object>(
            new
            {
                error = new
                {
                    message,
                    type,
                    param,
                    code,
                },
            },
            Json,
            statusCode: status
        );
}
