using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using AITrader.ServiceDefaults.Correlation;
using AITrader.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace AITrader.ServiceDefaults.Problems;

/// <summary>Gives every failure the same shape.</summary>
internal static class ProblemWriter
{
    /// <summary>Where a service adds what it knows about an answer that is a bare status, such as a refused token.</summary>
    public static readonly object ReasonKey = new();

    private const string Urn = "urn:aitrader:";

    /// <summary>Writes the problem whatever the caller says it accepts: a failure is always JSON.</summary>
    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        Complete(context, problem);
        context.Response.StatusCode = problem.Status!.Value;
        var json = context.RequestServices.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        return context.Response.WriteAsJsonAsync(
            problem,
            (JsonTypeInfo<ProblemDetails>)json.GetTypeInfo(typeof(ProblemDetails)),
            "application/problem+json",
            context.RequestAborted
        );
    }

    /// <summary>Turns a bare status into a problem.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        var reason = context.Items[ReasonKey] as (string Reason, string Detail)?;
        var problem =
            reason is null && context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? BodyTooLarge.ProblemOf(context)
                : new ProblemDetails
                {
                    Status = context.Response.StatusCode,
                    Type = reason?.Reason,
                    Detail = reason?.Detail,
                };
        return WriteAsync(context, problem);
    }

    /// <summary>Fills in type, title and ids.</summary>
    public static void Complete(HttpContext context, ProblemDetails problem)
    {
        problem.Status ??= context.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= AdviceFor(problem.Status.Value);
        problem.Type = TypeOf(context, problem);
        problem.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        problem.Extensions["correlation_id"] = CorrelationId.Current;
    }

    // For answers that the framework gives without a word: what the caller can do.
    private static string? AdviceFor(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized =>
                "This needs a valid bearer token; it is missing, wrong, expired, or of a user who is gone or has another role now. The gateway gives one at POST /api/auth/sign-in.",
            StatusCodes.Status403Forbidden => "The token is valid, but its role does not allow this.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the Allow header names those that it takes.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json.",
            StatusCodes.Status429TooManyRequests => "Too many requests; the Retry-After header says in how many seconds to come again.",
            _ => null,
        };

    // Endpoints may give a bare reason; what the framework gives (a link to the HTTP standard) says nothing.
    private static string TypeOf(HttpContext context, ProblemDetails problem)
    {
        if (problem.Type?.StartsWith(Urn, StringComparison.Ordinal) == true)
        {
            return problem.Type;
        }

        var service = context.RequestServices.GetRequiredService<ServiceIdentity>().Name;
        var reason =
            problem.Type is { Length: > 0 } given && !given.Contains(':', StringComparison.Ordinal)
                ? given
                : ReasonPhrases.GetReasonPhrase(problem.Status!.Value).ToLowerInvariant().Replace(' ', '-');
        return $"{Urn}{service}:{(reason.Length > 0 ? reason : "failure")}";
    }
}
