using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Problems;

/// <summary>Refusals that concern models and jobs. The reasons are part of the contract.</summary>
internal static class ModelProblems
{
    public static ProblemHttpResult BadTraining(string detail) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, "bad-training", detail);

    public static ProblemHttpResult UnknownModelVersion(string model, int version) =>
        ServiceProblem.Of(
            StatusCodes.Status404NotFound,
            "unknown-model-version",
            $"Model '{model}' has no version {version} on record: GET /api/v1/models lists all."
        );

    public static ProblemHttpResult UnknownJob(Guid id) =>
        ServiceProblem.Of(StatusCodes.Status404NotFound, "unknown-job", $"There is no job {id}.");

    public static ProblemHttpResult UnknownJobStatus(string status) =>
        ServiceProblem.Of(
            StatusCodes.Status400BadRequest,
            "unknown-job-status",
            $"status '{status}' is no state of a job: it is queued, running, completed, failed or cancelled."
        );

    public static ProblemHttpResult JobEnded(Guid id, string status) =>
        ServiceProblem.Of(StatusCodes.Status409Conflict, "job-ended", $"Job {id} is {status}: there is nothing to end.");

    public static ProblemHttpResult RetiredVersion(string model, int version) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "retired-version",
            $"{model} {version} is gone from the model repository: put it back there, or promote another."
        );

    public static ProblemHttpResult NotGoodEnough(string model, int version, string? reason) =>
        ServiceProblem.Of(
            StatusCodes.Status409Conflict,
            "not-good-enough",
            $"{model} {version} is not promoted: {reason ?? "it has no card that says how good it is"}. "
                + "An administrator may send anyway: true."
        );

    public static ProblemHttpResult AnywayForAdministrators() =>
        ServiceProblem.Of(
            StatusCodes.Status403Forbidden,
            "anyway-for-administrators",
            "Only an administrator may promote a version whose card does not say that it is better than its baseline."
        );
}
