using System.Text.Json;
using AITrader.ServiceDefaults.Secrets;
using AITrader.ServiceDefaults.Startup;
using AITrader.ServiceDefaults.Validation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Problems;

/// <summary>Turns an exception into an answer that helps the caller and tells nobody about the inside.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => BodyTooLarge.ProblemOf(httpContext),
            BadHttpRequestException bad => BadRequest(bad),
            _ when Outage.Is(exception) => Unavailable(),
            _ => new ProblemDetails
            {
                Status = StatusCodes.Status500InternalServerError,
                Type = "internal-error",
                Detail = "The request could not be completed.",
            },
        };
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            LogFailure(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await ProblemWriter.WriteAsync(httpContext, problem);
        return true;
    }

    private static ProblemDetails Unavailable() =>
        new()
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Type = "dependency-unavailable",
            Detail = "Something this service depends on does not answer; /ready says what.",
        };

    private static ProblemDetails BadRequest(BadHttpRequestException bad) =>
        new()
        {
            Status = bad.StatusCode,
            Type = bad.InnerException is JsonException ? "malformed-body" : null,
            Detail = SecretScrub.Clean(bad.InnerException is JsonException json ? Explain(json) : bad.Message),
        };

    // The serializer's own text names internal types; the member and the line are what the caller can act on.
    private static string Explain(JsonException json)
    {
        var place = json.Path is ['$', '.', .. var member] ? $" at '{member}'" : string.Empty;
        var line = json.LineNumber is { } number ? $", line {number + 1}" : string.Empty;
        var cause =
            json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "has an unknown member"
            : json.Message.Contains("missing required", StringComparison.Ordinal) ? "lacks a required member"
            : json.Message.Contains(StorableText.Refusal, StringComparison.Ordinal)
                ? $"{StorableText.Refusal}, which no text can hold here,"
            : "is not what is expected";
        return $"The JSON body {cause}{place}{line}.";
    }

    [LoggerMessage(900, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(Exception failure, string method, PathString path);
}
