using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.ServiceDefaults.Problems;

/// <summary>Makes the answer for a refusal that a caller should understand.</summary>
public static class ServiceProblem
{
    /// <summary>A problem of the type urn:aitrader:{service}:{reason}.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="reason">The kind of refusal, in lower-case-with-dashes: part of the contract.</param>
    /// <param name="detail">What happened, for people.</param>
    public static ProblemHttpResult Of(int status, string reason, string detail) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Status = status,
                Type = reason,
                Detail = detail,
            }
        );
}
