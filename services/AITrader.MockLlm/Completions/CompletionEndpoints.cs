using System.Globalization;
using System.Text.Json;
using AITrader.MockLlm.Diagnostics;
using AITrader.MockLlm.Faults;
using AITrader.MockLlm.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AITrader.MockLlm.Completions;

internal static class CompletionEndpoints
{
    public static void MapCompletions(this IEndpointRouteBuilder api) =>
        api.MapPost("/chat/completions", CompleteAsync).WithName("CreateChatCompletion");

    private static async Task<IResult> CompleteAsync(
        HttpContext context,
        Answerer answerer,
        FaultSwitch faults,
        LlmMetrics metrics,
        IOptions<MockLlmOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (request, refusal) = await ReadAsync(context.Request, options.Value, cancellationToken);
        if (request is null)
        {
            return refusal!;
        }

        var fault = faults.Take();
        if (fault?.LatencyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.LatencyMs), time, cancellationToken);
        }

        if (fault?.Status is { } status)
        {
            return Refuse(context.Response, fault, status);
        }

        var answer = answerer.Answer(request);
        metrics.Answered(request.Model, answer.PromptTokens, answer.Pieces.Count);
        await new AnswerWriter(context, request, answer, fault, options.Value.Seed, time.GetUtcNow().ToUnixTimeSeconds()).WriteAsync();
        return Results.Empty;
    }

    // Parsed by hand, because the protocol gains members over time: unknown members are not refused.
    private static async Task<(CompletionRequest? Request, IResult? Refusal)> ReadAsync(
        HttpRequest http,
        MockLlmOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Body, cancellationToken: cancellationToken);
            var (request, error, param) = CompletionRequest.TryCreate(body.RootElement.Clone());
            return request switch
            {
                null => (null, OpenAiError.BadRequest(error!, param)),
                _ when !options.Models.Contains(request.Model, StringComparer.Ordinal) => (null, OpenAiError.NoSuchModel(request.Model)),
                _ => (request, null),
            };
        }
        catch (JsonException)
        {
            return (null, OpenAiError.BadRequest("The body is not valid JSON.", param: null));
        }
    }

    private static JsonHttpResult<object> Refuse(HttpResponse response, Fault fault, int status)
    {
        if (fault.RetryAfterSeconds is { } seconds)
        {
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return status == StatusCodes.Status429TooManyRequests
            ? OpenAiError.Of(status, "requests", "Rate limit reached.", param: null, "rate_limit_exceeded")
            : OpenAiError.Of(status, "server_error", "The server had an error while processing your request.", param: null, code: null);
    }
}
